import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isFleetId, isPhoneId, readFleetId, readPhoneId } from '../../../../src/fleet/protocol/fleet-id';
import {
  allCommandTopic,
  clientId,
  fleetFilters,
  groupCommandTopic,
  phoneTopics,
  readBase,
  readTopic,
} from '../../../../src/fleet/protocol/topics';

/** MQTT's own rule. */
function fits(filter: string, topic: string): boolean {
  const [filters, levels] = [filter.split('/'), topic.split('/')];
  return filters.length === levels.length && filters.every((level, at) => level === '+' || level === levels[at]);
}

const phoneIds = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/).filter(isPhoneId);
const ids = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/);
const bases = fc.constantFrom('microsip', 'office/phones', 'a/b/c', 'Büro', 'all', 'group/x', 'x/command');

describe('the base of a fleet', () => {
  for (const base of [
    'microsip',
    'office/phones',
    'a',
    'Büro 1/Telefone',
    'homeassistant2',
    'x/homeassistant',
    'あ/い',
  ])
    it(`may be ${base}`, () => {
      assert.equal(readBase(base), base);
    });

  for (const base of [
    ...['', '/', '/a', 'a/', 'a//b', 'a/+/b', 'a/#', '$SYS', 'a$', 'a\0b', 'a\nb', 'a\u0085', ' a', 'a ', '\ud800'],
    ...['\uffff', 'x'.repeat(129), undefined, null, 7, ['microsip'], {}],
  ])
    it(`cannot be ${base === undefined ? 'nothing' : JSON.stringify(base).slice(0, 30)}`, () => {
      assert.throws(() => readBase(base), { code: 'config', messageKey: 'error.config.base' });
    });

  it('cannot be where Home Assistant looks for devices', () => {
    for (const base of ['homeassistant', 'homeassistant/phones'])
      assert.throws(() => readBase(base), { messageKey: 'error.config.base_discovery' });
    assert.throws(() => readBase('ha/x', ['ha']), { messageKey: 'error.config.base_discovery' });
    assert.equal(readBase('homeassistant', ['ha']), 'homeassistant');
  });
});

describe('the ids of a fleet', () => {
  it('are letters, digits, _ and -, at most 64', () => {
    for (const id of ['desk-1', 'A_b', '-', '0', 'x'.repeat(64)]) assert.equal(readFleetId(id), id);
    for (const id of ['', 'x'.repeat(65), 'a b', 'a/b', 'ä', 'a\n', '+', '#', 'a.b', 7, null, undefined, ['a']]) {
      assert.equal(isFleetId(id), false);
      assert.throws(() => readFleetId(id), { code: 'config', messageKey: 'error.config.fleet_id' });
    }
  });

  it('of phones are none of the words that topics have in their place', () => {
    for (const word of ['all', 'group', 'agent']) {
      assert.equal(isPhoneId(word), false);
      assert.throws(() => readPhoneId(word), { code: 'config', messageKey: 'error.config.reserved_id' });
      assert.equal(readFleetId(word), word);
    }
    assert.equal(readPhoneId('All'), 'All');
  });
});

describe('the topics of a fleet', () => {
  it('are those that others rely on', () => {
    const topics = phoneTopics('microsip', 'desk-1');
    assert.deepEqual(
      [topics.availability, topics.state, topics.event, topics.call, topics.lastCall, topics.info, topics.command],
      ['availability', 'state', 'event', 'call', 'last_call', 'info', 'command'].map(
        (word) => `microsip/desk-1/${word}`,
      ),
    );
    assert.equal(topics.response('a1'), 'microsip/desk-1/response/a1');
    assert.equal(topics.response('a1', 'crm'), 'microsip/desk-1/response/crm/a1');
    assert.equal(topics.verbResponse, 'microsip/desk-1/response/verb');
    assert.equal(groupCommandTopic('a/b', 'sales'), 'a/b/group/sales/command');
    assert.equal(allCommandTopic('a/b'), 'a/b/all/command');
    assert.equal(clientId('microsip', 'desk-1'), 'microsip-desk-1');
  });

  it('are read as they are written', () => {
    fc.assert(
      fc.property(bases, phoneIds, ids, ids, (base, phone, id, from) => {
        const topics = phoneTopics(base, phone);
        const read = (topic: string) => readTopic(base, topic);
        for (const kind of ['availability', 'state', 'event', 'call', 'info', 'command'] as const)
          assert.deepEqual(read(topics[kind]), { phone, kind });
        assert.deepEqual(read(topics.lastCall), { phone, kind: 'last_call' });
        assert.deepEqual(read(topics.response(id)), { phone, kind: 'response', id });
        assert.deepEqual(read(topics.response(id, from)), { phone, kind: 'response', from, id });
        assert.deepEqual(read(topics.verbs.replace('+', id)), { phone, kind: 'verb', verb: id });
        assert.deepEqual(read(groupCommandTopic(base, id)), { kind: 'group', group: id });
        assert.deepEqual(read(allCommandTopic(base)), { kind: 'all' });
      }),
    );
  });

  it('are what the filters of a reader get, and nothing else is', () => {
    fc.assert(
      fc.property(bases, phoneIds, ids, (base, phone, id) => {
        const topics = phoneTopics(base, phone);
        const { responses, ...filters } = fleetFilters(base);
        for (const [kind, filter] of Object.entries(filters)) {
          const topic = topics[kind as keyof typeof filters];
          assert.ok(fits(filter, topic), filter);
          for (const other of Object.values(filters)) if (other !== filter) assert.equal(fits(other, topic), false);
        }
        assert.ok(fits(responses('me'), topics.response(id, 'me')));
        assert.equal(fits(responses('me'), topics.response(id, 'you')), false);
        assert.equal(fits(responses('me'), topics.response(id)), false);
      }),
    );
  });

  it('are not taken for those of anything else', () => {
    for (const topic of [
      ...['', 'microsip', 'microsip/', 'microsip/desk', 'microsip/desk/', 'microsip/desk/other', 'other/desk/state'],
      ...[
        'microsip/desk/state/',
        'microsip/desk/state/x',
        'microsip//state',
        'microsip/all/state',
        'microsip/group/state',
      ],
      ...['microsip/agent/state', 'microsip/group/a b/command', 'microsip/group//command', 'microsip/group/command'],
      ...['microsip/all/command/x', 'microsip/desk/command/', 'microsip/desk/command/a/b', 'microsip/desk/response'],
      ...[
        'microsip/desk/response/',
        'microsip/desk/response/a/b/c',
        'microsip/desk/response//b',
        'microsips/desk/state',
      ],
      ...['microsip/desk/__proto__', 'microsip/desk/constructor', 'microsip/desk/toString', '/microsip/desk/state'],
    ])
      assert.equal(readTopic('microsip', topic), undefined, topic);
  });

  it('of any kind can be read', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(ids, fc.constantFrom('', 'all', 'group', 'command', 'response', 'state'), fc.string())),
        (levels) => {
          const read = readTopic('b', `b/${levels.join('/')}`);
          if (read && 'phone' in read) assert.ok(isPhoneId(read.phone));
        },
      ),
    );
  });
});
