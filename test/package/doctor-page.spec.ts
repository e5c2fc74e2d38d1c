import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLI_OPTIONS } from '../../src/doctor/program/cli-options';
import { EXIT_CODES } from '../../src/doctor/program/doctor-error';
import { ROOT } from '../support/checkout';

describe('docs/doctor.md', () => {
  const page = readFileSync(join(ROOT, 'docs/doctor.md'), 'utf8');

  it('has every option of microsip-doctor, and no other', () => {
    const named = [...page.matchAll(/^\| `--([\w-]+)/gm)].map(([, option]) => option);
    assert.deepEqual(named.sort(), Object.keys(CLI_OPTIONS).sort());
  });

  it('has the exit code of every error', () => {
    const rows = [...page.matchAll(/^\| (\d) +\|[^|]*\|([^|]*)\|$/gm)];
    const stated = rows.flatMap(([, exitCode, codes = '']) =>
      [...codes.matchAll(/`(\w+)`/g)].map(([, code = '']) => [code, Number(exitCode)] as const),
    );
    const known = new Map<string, number>(Object.entries(EXIT_CODES));
    for (const [code, exitCode] of known)
      assert.deepEqual(
        stated.find(([one]) => one === code),
        [code, exitCode],
      );
    assert.deepEqual(
      stated.map(([code]) => code).filter((code) => !known.has(code) && !['unexpected', 'check'].includes(code)),
      [],
    );
  });
});
