import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VERBS } from '../../src/agent/home-assistant/verbs';
import { receivedCommand } from '../../src/fleet/protocol/fleet-command';
import { RESERVED_IDS } from '../../src/fleet/protocol/fleet-id';
import { fleetInfoJson } from '../../src/fleet/protocol/fleet-info';
import { readFleetResponse } from '../../src/fleet/protocol/fleet-response';
import { DEFAULT_TTL, LEAST_TTL, MOST_TTL } from '../../src/fleet/protocol/freshness';
import { maskedText } from '../../src/fleet/protocol/mask';
import { allCommandTopic, DEFAULT_BASE, groupCommandTopic, phoneTopics } from '../../src/fleet/protocol/topics';
import { ROOT } from '../support/checkout';

const page = readFileSync(join(ROOT, 'docs/fleet-protocol.md'), 'utf8');
const examples = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, json = '']) => JSON.parse(json) as object);
const firstColumn = (heading: string): string[] => {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? assert.fail(heading);
  return [...section.matchAll(/^\| `([^`]+)`/gm)].map(([, cell = '']) => cell);
};

describe('docs/fleet-protocol.md', () => {
  it('has every topic, and no other', () => {
    const { availability, state, event, call, lastCall, info, command, verbs, response } = phoneTopics(
      '<base>',
      '<phone>',
    );
    assert.deepEqual(
      firstColumn('Topics').sort(),
      [
        ...[availability, state, event, call, lastCall, info, command, verbs.replace('+', '<verb>')],
        ...[response('<id>'), response('<id>', '<from>')],
        ...[groupCommandTopic('<base>', '<group>'), allCommandTopic('<base>')],
      ].sort(),
    );
  });

  it('names the fields of messages', () => {
    const info = { agent: '', microsip: '', host: '', user: '', session: '', groups: [], commands: [] };
    for (const name of [...Object.keys(fleetInfoJson(info)), 'seq', 'missedToday'])
      assert.ok(page.includes(`\`${name}\``), name);
  });

  it('has an example of a command that is one', () => {
    const [command = {}] = examples;
    const payload = Buffer.from(JSON.stringify(command));
    const received = receivedCommand({ payload, retain: false }, { base: DEFAULT_BASE, phone: 'desk-1' });
    assert.equal(received.kind, 'command');
    const envelope = Object.keys(command).filter((name) => !['type', 'number'].includes(name));
    assert.deepEqual(firstColumn('Commands'), [...envelope, 'session']);
  });

  it('has examples of answers that are ones', () => {
    const [, ...answers] = examples;
    assert.deepEqual(
      answers.map((answer) => readFleetResponse(answer)?.ok),
      [true, false],
    );
  });

  it('has every command in plain text, and no other', () => {
    assert.deepEqual(firstColumn('Commands in plain text'), VERBS);
    assert.ok(page.includes(phoneTopics('<base>', '<phone>').verbResponse));
  });

  it('has the limits', () => {
    assert.ok(page.includes(`${LEAST_TTL} to ${MOST_TTL} (${DEFAULT_TTL})`));
    assert.ok(page.includes(`<base>\` is \`${DEFAULT_BASE}\``));
    assert.ok(page.includes(maskedText('+4930123456')));
    assert.ok(RESERVED_IDS.every((id) => page.includes(`\`${id}\``)));
  });
});
