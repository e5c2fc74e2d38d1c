import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support/checkout';

describe('the end of all tests', () => {
  let summary: typeof import('../../scripts/lib/summary.mjs').summary;

  before(async () => {
    ({ summary } = await import('../../scripts/lib/summary.mjs'));
  });

  it('names each failed test by its layer right before the figures, which come last', () => {
    const unit = 'ok\nskipped: unit: no SQLite\nfailed: a phone rings: 1 !== 2\nskipped: unit: no SQLite\n';
    assert.deepEqual(
      summary([
        { name: 'unit', passed: 3, failed: 1, skipped: 2, output: unit },
        { name: 'nodes-5', passed: 4, failed: 0, skipped: 0, output: 'all well\n', when: '5 s, 0:10–0:15' },
        { name: 'sip', passed: 0, failed: 2, skipped: 0, output: 'failed: a: x\r\nfailed: b: y\r\n' },
      ]),
      [
        '',
        '── skipped',
        'unit',
        '  skipped: unit: no SQLite (2 times)',
        '',
        '── failed',
        'unit',
        '  failed: a phone rings: 1 !== 2',
        'sip',
        '  failed: a: x',
        '  failed: b: y',
        '',
        '── summary',
        'unit: 3 passed, 1 failed, 2 skipped',
        'nodes-5: 4 passed, 0 failed (5 s, 0:10–0:15)',
        'sip: 0 passed, 2 failed',
        '7 passed, 3 failed, 2 skipped',
      ],
    );
  });

  it('says why a layer failed without a failed test, and its last lines', () => {
    const lines = summary([
      {
        name: 'unit',
        passed: 9,
        failed: 1,
        skipped: 0,
        note: 'ended with exit code 1',
        output: 'ok\n\nERROR: coverage\n',
      },
    ]);
    assert.deepEqual(lines.slice(0, -2), [
      '',
      '── failed',
      'unit',
      '  failed: ended with exit code 1',
      '    | ok',
      '    | ERROR: coverage',
      '',
      '── summary',
    ]);
  });

  it('has no list of failed tests when there are none', () => {
    assert.deepEqual(summary([{ name: 'unit', passed: 9, failed: 0, skipped: 0, output: 'ok' }]), [
      '',
      '── summary',
      'unit: 9 passed, 0 failed',
      '9 passed, 0 failed',
    ]);
  });

  it('tells a failed test by its full title and the first lines of its error', () => {
    const folder = mkdtempSync(join(tmpdir(), 'summary-'));
    try {
      const [spec, result] = [join(folder, 'x.spec.cjs'), join(folder, 'result.json')];
      writeFileSync(
        spec,
        `describe('a phone', () => {
          describe('that rings', () => it('is answered', () => { throw new Error('not\\n  answered'); }));
          describe('that hangs', () => { before(() => { throw new Error('hung'); }); it('ends', () => {}); });
        });`,
      );
      const { stdout } = spawnSync(
        process.execPath,
        ['node_modules/mocha/bin/mocha.js', '--no-config', '--reporter=scripts/lib/mocha-reporter.cjs', spec],
        { cwd: ROOT, encoding: 'utf8', env: { ...process.env, TEST_RESULT: result } },
      );
      const counts = JSON.parse(readFileSync(result, 'utf8')) as { failures: number };
      assert.equal(counts.failures, 2);
      const lines = summary([{ name: 'unit', passed: 0, failed: counts.failures, skipped: 0, output: stdout }]);
      assert.ok(lines.includes('  failed: a phone that rings is answered: not ⏎ answered'), stdout);
      assert.ok(lines.includes('  failed: a phone that hangs "before all" hook for "ends": hung'), stdout);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
