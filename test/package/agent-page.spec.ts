import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { agentSchema } from '../../src/agent/config/agent-schema';
import { EXIT_CODES } from '../../src/agent/program/agent-error';
import { agentText } from '../../src/agent/program/agent-text';
import { CLI_OPTIONS, COMMANDS, VARIABLES } from '../../src/agent/program/cli-options';
import { ROOT } from '../support/checkout';

interface Schema {
  properties?: Record<string, Schema>;
  items?: Schema;
  $ref?: string;
  default?: unknown;
}

describe('docs/agent.md', () => {
  const page = readFileSync(join(ROOT, 'docs/agent.md'), 'utf8');
  const [, file = '', commands = '', codes = ''] = page.split(/^## .*$/m);
  /** The rows of a table whose first column has words in code. */
  const rows = (part: string): [names: string[], rest: string][] =>
    [...part.matchAll(/^\| ((?:`[^`]+`(?:, )?)+) +\|(.*)$/gm)].map(([, names = '', rest = '']) => [
      [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
      rest,
    ]);

  it('has every setting of the file, and no other, with its default', () => {
    const schema = agentSchema() as unknown as Schema & { $defs: Record<string, Schema> };
    const known = new Map<string, unknown>();
    const collect = (given: Schema, path: string): void => {
      for (const [name, property] of Object.entries(given.properties ?? {})) {
        const inner = property.$ref ? (schema.$defs[property.$ref.split('/')[2] ?? ''] ?? {}) : property;
        const items = inner.items?.$ref ? schema.$defs[inner.items.$ref.split('/')[2] ?? ''] : undefined;
        const whole = path + name;
        if (whole !== 'broker' && !items) known.set(whole, inner.default);
        if (items) collect(items, `${whole}[].`);
        else if (whole !== 'phones[].phone') collect(inner, `${whole}.`);
      }
    };
    collect(schema, '');
    const told = rows(file).flatMap(([names, rest]) => names.map((name) => [name, rest] as const));
    assert.deepEqual(told.map(([name]) => name).sort(), [...known.keys()].sort());
    for (const [name, rest] of told) {
      const preset = known.get(name);
      if (preset !== undefined)
        assert.ok(rest.startsWith(` \`${JSON.stringify(preset).replaceAll('"', '')}\` `), `${name}: ${rest}`);
    }
  });

  it('shows a file that is one', () => {
    const [, example = ''] = /```json\n([\s\S]*?)```/.exec(file) ?? [];
    assert.doesNotThrow(() => {
      JSON.parse(example);
    });
  });

  it('has every command and option, and no other; so has the usage', () => {
    const named = rows(commands).flatMap(([names]) => names);
    const options = named.flatMap((name) => /^--([\w-]+)/.exec(name)?.[1] ?? []);
    assert.deepEqual(options.sort(), Object.keys(CLI_OPTIONS).sort());
    assert.deepEqual(
      named.filter((name) => !name.startsWith('-')),
      [...COMMANDS],
    );
    const usage = agentText('usage');
    const used = [...usage.matchAll(/^ {2}--([\w-]+)/gm)].map(([, option]) => option);
    assert.deepEqual(used.sort(), Object.keys(CLI_OPTIONS).sort());
    for (const command of COMMANDS) assert.match(usage, new RegExp(`^ {2}${command} `, 'm'));
  });

  it('has the environment variables that stand for options', () => {
    for (const name of Object.values(VARIABLES)) assert.ok(page.includes(`\`${name}\``), name);
  });

  it('has the exit code of every error; so has the usage', () => {
    const stated = [...codes.matchAll(/^\| (\d+) +\|[^|]*\|([^|]*)\|$/gm)].flatMap(([, code, words = '']) =>
      [...words.matchAll(/`(\w+)`/g)].map(([, word = '']) => [word, Number(code)] as const),
    );
    assert.deepEqual(Object.fromEntries(stated), { ...EXIT_CODES });
    const used = [...agentText('usage').matchAll(/^ +(\d+) {2}/gm)].map(([, code]) => Number(code));
    assert.deepEqual(used, [0, ...new Set(Object.values(EXIT_CODES))]);
  });
});
