import assert from 'node:assert/strict';
import {
  discoveryDocument,
  discoveryTopic,
  offeredBefore,
  phoneEntities,
  type DiscoveredPhone,
} from '../../../../src/agent/home-assistant/discovery';
import { discovery, isBirth, waitAfterBirth } from '../../../../src/agent/home-assistant/publication';
import { VERBS } from '../../../../src/agent/home-assistant/verbs';
import { readTopic } from '../../../../src/fleet/protocol/topics';
import { HOME_ASSISTANT } from '../../../support/home-assistant/defaults';
import { refusals } from '../../../support/home-assistant/discovery-schema';

const DESK: DiscoveredPhone = {
  ...{ base: 'office/phones', id: 'Desk-1', name: 'Desk 1', agent: '0.2.0', microsip: '3.22.16', keepsLastCall: true },
  features: ['dnd', 'recording'],
};
const ALL = [
  ...['answer', 'call', 'call_state', 'caller', 'dial', 'dnd', 'dtmf', 'hang_up', 'in_call', 'last_call'],
  ...['last_disposition', 'last_duration', 'last_quality', 'missed_today', 'mute', 'new_voicemails', 'problem'],
  ...['registered', 'reject', 'ringing', 'running', 'voicemail'],
];

type Component = Record<string, unknown>;
const component = (key: string, phone = DESK): Component =>
  discoveryDocument(phone).components[key] ?? assert.fail(key);
const documentWith = (
  change: (document: { [key: string]: unknown; components: Record<string, Component> }) => unknown,
) => {
  const document = JSON.parse(discovery(HOME_ASSISTANT, DESK).payload) as {
    [key: string]: unknown;
    components: Record<string, Component>;
  };
  change(document);
  return refusals({ topic: discovery(HOME_ASSISTANT, DESK).topic, payload: JSON.stringify(document) });
};

describe('the device that a phone is to Home Assistant', () => {
  it('is one that Home Assistant takes, with and without what may be absent', () => {
    const { microsip, features, ...early } = DESK;
    assert.ok(microsip && features);
    for (const phone of [
      DESK,
      early,
      { ...DESK, commands: [] },
      { ...DESK, keepsLastCall: false },
      { ...DESK, base: 'a' },
    ])
      assert.deepEqual(refusals(discovery(HOME_ASSISTANT, phone)), []);
  });

  it('is one that Home Assistant takes while something is taken away from it', () => {
    const phone = { ...DESK, commands: ['answer'] };
    const publication = discovery(HOME_ASSISTANT, phone, [{ key: 'dial', platform: 'text' }]);
    assert.deepEqual(refusals(publication), []);
    const { components } = JSON.parse(publication.payload) as { components: Record<string, object> };
    assert.deepEqual(components['dial'], { platform: 'text' });
    assert.ok('answer' in components);
  });

  it('is told where Home Assistant looks', () => {
    assert.equal(discoveryTopic('homeassistant', 'microsip', 'desk-1'), 'homeassistant/device/microsip/desk-1/config');
    assert.equal(
      discovery({ ...HOME_ASSISTANT, prefix: 'ha/x' }, DESK).topic,
      'ha/x/device/office-phones/Desk-1/config',
    );
  });

  it('has all that a phone can', () => {
    assert.deepEqual(Object.keys(discoveryDocument(DESK).components).sort(), ALL);
  });

  it('says what it is and who tells of it', () => {
    const { device, origin, availability } = discoveryDocument(DESK);
    assert.deepEqual(device['identifiers'], ['office/phones/Desk-1']);
    assert.equal(device['name'], 'Desk 1');
    assert.equal(origin['sw_version'], '0.2.0');
    assert.deepEqual(availability, [{ topic: 'office/phones/Desk-1/availability' }]);
  });

  it('has ids that are its own', () => {
    assert.equal(component('caller')['unique_id'], 'office/phones/Desk-1/caller');
    assert.equal(component('caller')['default_entity_id'], 'sensor.desk_1_caller');
    assert.equal(component('caller', { ...DESK, id: '-_-' })['default_entity_id'], 'sensor.phone_caller');
  });

  it('has what only MicroSIP can do only while both are there', () => {
    for (const key of ['answer', 'reject', 'hang_up', 'mute', 'dnd', 'dial', 'dtmf', 'registered']) {
      const { availability, availability_mode: mode } = component(key);
      assert.deepEqual(
        (availability as { topic: string }[]).map(({ topic }) => topic),
        ['office/phones/Desk-1/availability', 'office/phones/Desk-1/state'],
      );
      assert.equal(mode, 'all');
    }
    assert.equal(component('running')['availability'], undefined);
  });

  it('has no more than the phone takes from the broker', () => {
    const keys = (commands: string[]) => Object.keys(discoveryDocument({ ...DESK, commands }).components);
    const senders = ['answer', 'reject', 'hang_up', 'mute', 'dnd', 'dial', 'dtmf'];
    const shown = (commands: string[]) => keys(commands).filter((key) => senders.includes(key));
    assert.deepEqual(shown([]), []);
    assert.deepEqual(shown(['answer', 'dtmf']), ['answer', 'dtmf']);
    assert.deepEqual(shown(['hangup', 'audio', 'dial']), ['reject', 'hang_up', 'mute', 'dial']);
    assert.deepEqual(shown(['feature']), ['dnd']);
  });

  it('has no switch that its MicroSIP does not offer', () => {
    const { features, ...unseen } = DESK;
    assert.ok(features);
    for (const phone of [unseen, { ...DESK, features: [] }, { ...DESK, features: ['autoAnswer' as const] }])
      assert.ok(!('dnd' in discoveryDocument(phone).components));
    assert.deepEqual(offeredBefore(phoneEntities(DESK)), ['dnd']);
    assert.deepEqual(offeredBefore(phoneEntities(unseen)), []);
  });

  it('sends what the agent understands, never retained, and not for long', () => {
    for (const [key, { command_topic: topic, ...more }] of Object.entries(discoveryDocument(DESK).components)) {
      assert.equal(more['qos'], 1, key);
      if (topic === undefined) continue;
      const read = readTopic(DESK.base, topic as string);
      assert.ok(read?.kind === 'verb' && (VERBS as string[]).includes(read.verb), key);
      assert.equal(more['retain'], false);
      assert.equal(more['message_expiry_interval'], 10);
    }
  });

  it('shows the last call as it happens where none is kept', () => {
    assert.equal(component('last_call')['state_topic'], 'office/phones/Desk-1/last_call');
    const phone = { ...DESK, keepsLastCall: false };
    assert.equal(component('last_call', phone)['state_topic'], 'office/phones/Desk-1/call');
  });

  it('is told again when Home Assistant has started, within 5 s', () => {
    assert.ok(isBirth(HOME_ASSISTANT, 'homeassistant/status', Buffer.from('online')));
    assert.ok(!isBirth(HOME_ASSISTANT, 'homeassistant/status', Buffer.from('offline')));
    assert.ok(!isBirth(HOME_ASSISTANT, 'other/status', Buffer.from('online')));
    assert.deepEqual(
      [0, 0.5, 1 - Number.EPSILON].map((chance) => waitAfterBirth(() => chance)),
      [0, 2500, 4999],
    );
  });
});

describe('the rules of Home Assistant, as the tests have them', () => {
  const wrong: [why: string, change: Parameters<typeof documentWith>[0]][] = [
    ['no device', (all) => delete all['device']],
    ['a device that nothing identifies', (all) => (all['device'] = { name: 'x' })],
    ['nothing that says who tells', (all) => delete all['origin']],
    ['an origin without a name', (all) => (all['origin'] = { sw_version: '1' })],
    ['no components', (all) => delete (all as { components?: unknown }).components],
    ['an abbreviation', (all) => (all['dev'] = {})],
    ['a key of components at its root', (all) => (all['message_expiry_interval_s'] = 1)],
    ['a short form of the base', (all) => (all['~'] = 'x')],
    ['a key with a blank', ({ components }) => (components['a b'] = { ...components['caller'], unique_id: 'y' })],
    ['an entity without an id', ({ components }) => delete components['caller']?.['unique_id']],
    ['an entity without a platform', ({ components }) => delete components['caller']?.['platform']],
    ['an entity of a kind that there is not', ({ components }) => set(components, 'caller', 'platform', 'siren2')],
    [
      'two entities with one id',
      ({ components }) => set(components, 'caller', 'unique_id', 'office/phones/Desk-1/dial'),
    ],
    ['a wildcard to read', ({ components }) => set(components, 'caller', 'state_topic', 'a/+/b')],
    ['nothing to read', ({ components }) => delete components['caller']?.['state_topic']],
    ['nowhere to send', ({ components }) => delete components['answer']?.['command_topic']],
    ['commands that are kept', ({ components }) => set(components, 'answer', 'retain', true)],
    ['words without being an enum', ({ components }) => delete components['call_state']?.['device_class']],
    ['an enum with a unit', ({ components }) => set(components, 'call_state', 'unit_of_measurement', 's')],
    ['an enum with statistics', ({ components }) => set(components, 'call_state', 'state_class', 'measurement')],
    ['an enum without words', ({ components }) => delete components['call_state']?.['options']],
    ['a time with a unit', ({ components }) => set(components, 'last_call', 'unit_of_measurement', 's')],
    ['a duration in another unit', ({ components }) => set(components, 'last_duration', 'unit_of_measurement', 'sec')],
    ['a duration in no unit', ({ components }) => delete components['last_duration']?.['unit_of_measurement']],
    [
      'a figure with decimals that are none',
      ({ components }) => set(components, 'last_quality', 'suggested_display_precision', -1),
    ],
    ['attributes from a wildcard', ({ components }) => set(components, 'problem', 'json_attributes_topic', 'a/#')],
    ['attributes without a topic', ({ components }) => delete components['problem']?.['json_attributes_topic']],
    ['a problem of another kind', ({ components }) => set(components, 'problem', 'device_class', 'trouble')],
    ['a switch of another kind', ({ components }) => set(components, 'dnd', 'device_class', 'dnd')],
    ['a sensor as configuration', ({ components }) => set(components, 'running', 'entity_category', 'config')],
    ['events without types', ({ components }) => delete components['call']?.['event_types']],
    ['a text that is too long', ({ components }) => set(components, 'dial', 'max', 256)],
    ['a pattern that is none', ({ components }) => set(components, 'dtmf', 'pattern', '[')],
    ['two ways of being available', ({ components }) => set(components, 'dial', 'availability_topic', 'x')],
    ['an unknown way to join them', ({ components }) => set(components, 'dial', 'availability_mode', 'both')],
    ['an id of another kind of entity', ({ components }) => set(components, 'dial', 'default_entity_id', 'sensor.x')],
    ['the id that is gone since 2026.4', ({ components }) => set(components, 'dial', 'object_id', 'x')],
    ['QoS 3', ({ components }) => set(components, 'dial', 'qos', 3)],
  ];
  for (const [why, change] of wrong)
    it(`refuse ${why}`, () => {
      assert.deepEqual(
        documentWith(() => undefined),
        [],
      );
      assert.notDeepEqual(documentWith(change), []);
    });

  it('refuse another topic, and what is no JSON', () => {
    const { payload } = discovery(HOME_ASSISTANT, DESK);
    for (const topic of ['homeassistant/device/a/b/c/config', 'homeassistant/device/ä/config', 'ha/device/a/b/config'])
      assert.equal(refusals({ topic, payload }).length, 1, topic);
    assert.equal(refusals({ topic: 'homeassistant/device/a/b/config', payload: '' }).length, 1);
  });
});

function set(components: Record<string, Component>, key: string, name: string, value: unknown): Component {
  const found = components[key] ?? assert.fail(key);
  assert.notEqual(found[name], value);
  found[name] = value;
  return found;
}
