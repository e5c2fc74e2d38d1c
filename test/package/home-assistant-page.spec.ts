import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { discoveryDocument } from '../../src/agent/home-assistant/discovery';
import { phoneTopics } from '../../src/fleet/protocol/topics';
import { DISPOSITIONS, PHONE_STATES } from '../../src/phone/calls/call';
import { FEATURES } from '../../src/phone/commands/command';
import { CALL_EVENTS } from '../../src/phone/phone-event';
import { ROOT } from '../support/checkout';

describe('docs/home-assistant.md', () => {
  const page = readFileSync(join(ROOT, 'docs/home-assistant.md'), 'utf8');
  const document = discoveryDocument({
    base: 'microsip',
    id: 'desk-1',
    name: 'Desk 1',
    agent: '',
    keepsLastCall: true,
    features: FEATURES,
  });
  const entities = Object.values(document.components).map(({ default_entity_id: id }) => String(id));
  const rowOf = (entity: string): string => page.split('\n').find((line) => line.startsWith(`| \`${entity}\``)) ?? '';
  const words = (text: string): string[] => [...text.matchAll(/`(\w+)`/g)].map(([, word = '']) => word);

  it('has every entity of a phone, and no other', () => {
    const told = [...page.matchAll(/^\| `(\w+\.\w+)`/gm)].map(([, entity = '']) => entity);
    assert.deepEqual(told.sort(), [...entities].sort());
  });

  it('names only entities that there are in its automations', () => {
    const named = [...page.matchAll(/\w+\.desk_1_\w+/g)].map(([entity]) => entity);
    assert.deepEqual(
      named.filter((entity) => !entities.includes(entity)),
      [],
    );
  });

  it('has the words that an automation may wait for', () => {
    assert.deepEqual(words(rowOf('sensor.desk_1_call_state')), [...PHONE_STATES]);
    const steps = words(rowOf('event.desk_1_call'));
    for (const event of CALL_EVENTS) assert.ok(steps.includes(event), event);
    for (const disposition of words(rowOf('sensor.desk_1_last_disposition')))
      assert.ok((DISPOSITIONS as readonly string[]).includes(disposition), disposition);
  });

  it('says where answers to what is pressed come', () => {
    assert.ok(page.includes(phoneTopics('microsip', 'desk-1').verbResponse));
  });
});
