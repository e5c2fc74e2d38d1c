import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filledIn } from '../../src/agent/config/filled-in';
import { schemaProblems } from '../../src/agent/config/schema-problems';
import { EXIT_CODES } from '../../src/agent/program/agent-error';
import { ERROR_CODES } from '../../src/phone/errors/phone-error';
import { phoneSettings } from '../../src/settings/phone-settings';
import type { RawSettings } from '../../src/settings/setting-values';
import { ROOT, TYPES } from '../support/checkout';

const pageOf = (file: string): string => readFileSync(join(ROOT, 'docs', file), 'utf8');
const jsonOf = (page: string): unknown[] =>
  [...page.matchAll(/```json\n(.*?)```/gs)].map(([, json = '']) => JSON.parse(json) as unknown);

describe('docs/fleet.md', () => {
  const page = pageOf('fleet.md');

  it('shows files of agents that are ones, as does docs/home-assistant.md', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'microsip-fleet-page-'));
    try {
      writeFileSync(join(folder, 'password.txt'), 'secret');
      const env = { COMPUTERNAME: 'PC-7', USERNAME: 'Ada Lovelace', DESK_GROUP: 'sales' };
      const files = [page, pageOf('home-assistant.md')].flatMap(jsonOf).filter((json) => !Array.isArray(json));
      assert.equal(files.length, 4);
      for (const file of files) {
        const { value } = await filledIn(file, { env, folder });
        assert.deepEqual(schemaProblems(value), []);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('shows a flow whose nodes there are, with a phone that an agent has', () => {
    const [flow = []] = jsonOf(page).filter((json) => Array.isArray(json)) as Record<string, unknown>[][];
    const ids = flow.map(({ id }) => id);
    const ours = flow.filter(({ type }) => String(type).startsWith('microsip-'));
    for (const { type } of ours) assert.ok(TYPES.includes(String(type)), String(type));
    for (const { wires = [] } of flow) for (const id of (wires as string[][]).flat()) assert.ok(ids.includes(id), id);
    // Without it the editor calls an inject node not properly configured, and asks before it deploys.
    assert.deepEqual(
      flow.filter(({ type }) => type === 'inject').map(({ repeat }) => repeat),
      [''],
    );
    const phone = flow.find(({ type }) => type === 'microsip-phone') as RawSettings;
    assert.ok(ids.includes(phone['broker']));
    assert.equal(phoneSettings(phone).connection, 'mqtt');
  });

  it('names codes of errors and exit codes that there are', () => {
    for (const code of [
      'broker_offline',
      'agent_offline',
      'expired_command',
      'not_running',
      'access_denied',
    ] as const) {
      assert.ok(page.includes(`\`${code}\``), code);
      assert.ok(ERROR_CODES.includes(code));
    }
    const told = [...page.matchAll(/exit code (\d+) \(`(\w+)`\)/g)].map(([, code, word = '']) => [word, Number(code)]);
    const stated = [...page.matchAll(/\(`(\w+)`[^)]*\), and ends with exit code (\d+)/g)].map(([, word, code]) => [
      word,
      Number(code),
    ]);
    assert.deepEqual(Object.fromEntries([...told, ...stated]), {
      in_use: EXIT_CODES.in_use,
      taken_over: EXIT_CODES.taken_over,
    });
  });
});
