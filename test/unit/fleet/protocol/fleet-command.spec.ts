import assert from 'node:assert/strict';
import fc from 'fast-check';
import { requireFresh, validityLeft } from '../../../../src/fleet/protocol/freshness';
import { receivedCommand, type Addressee, type Mqtt5Properties } from '../../../../src/fleet/protocol/fleet-command';
import { sentCommand } from '../../../../src/fleet/protocol/sent-command';
import { processorMs } from '../../../support/processor-ms';
import { PhoneError } from '../../../../src/phone/errors/phone-error';

const DESK: Addressee = { base: 'microsip', phone: 'desk-1' };
const DIAL = { id: 'a1', type: 'dial', number: '1001', ts: 1_795_968_225_083, ttl: 10 };

const received = (given: unknown, more: { retain?: boolean; properties?: Mqtt5Properties; to?: Addressee } = {}) =>
  receivedCommand(
    {
      payload: Buffer.from(typeof given === 'string' ? given : JSON.stringify(given)),
      retain: more.retain ?? false,
      properties: more.properties,
    },
    more.to ?? DESK,
  );

/** What became of a message, in few words. */
function outcome(...given: Parameters<typeof received>): string {
  const result = received(...given);
  if (result.kind === 'dropped') return `dropped ${result.why}`;
  return result.kind === 'refused' ? `${result.error.messageKey} to ${result.answerTo.topic}` : 'command';
}
const taken = (...given: Parameters<typeof received>) => {
  const result = received(...given);
  assert.equal(result.kind, 'command');
  return result;
};

describe('a command from the broker', () => {
  it('is taken apart into its envelope and its own fields', () => {
    assert.deepEqual(taken({ ...DIAL, from: 'crm', session: 's-1' }), {
      kind: 'command',
      answerTo: { id: 'a1', from: 'crm', topic: 'microsip/desk-1/response/crm/a1' },
      ...{ ts: DIAL.ts, ttl: 10, session: 's-1' },
      fields: { type: 'dial', number: '1001' },
      fingerprint: '{"number":"1001","type":"dial"}',
    });
    assert.equal(taken(DIAL).answerTo.topic, 'microsip/desk-1/response/a1');
  });

  it('is read as it was sent', () => {
    const envelope = { id: 'a1', from: 'crm', ts: DIAL.ts, ttl: 10, session: 's' };
    const { fields, answerTo, ts, ttl, session } = taken(sentCommand({ type: 'dial', number: '1001' }, envelope));
    assert.deepEqual(fields, { type: 'dial', number: '1001' });
    assert.deepEqual({ id: answerTo.id, from: answerTo.from, ts, ttl, session }, envelope);
  });

  const dropped: [why: string, given: unknown, expected: string][] = [
    ['is broken', '{"id":"a1",', 'json'],
    ['is nothing', '', 'json'],
    ['is a list', [DIAL], 'json'],
    ['is null', null, 'json'],
    ['has no id', { type: 'ping' }, 'id'],
    ['has an id of other characters', { ...DIAL, id: 'a/b' }, 'id'],
    ['has an id that is too long', { ...DIAL, id: 'a'.repeat(65) }, 'id'],
    ['has a number as its id', { ...DIAL, id: 7 }, 'id'],
    ['has an id by inheritance only', '{"__proto__":{"id":"a1"},"type":"ping"}', 'id'],
    ['is too large and has no id', { type: 'dial', number: '1'.repeat(20_000) }, 'size'],
    ['is too large and has no id of its own', { inner: { id: 'a1' }, number: '1'.repeat(20_000) }, 'size'],
  ];
  for (const [why, given, expected] of dropped)
    it(`is dropped when it ${why}`, () => {
      assert.equal(outcome(given), `dropped ${expected}`);
    });

  it('is dropped when it is retained, whatever it is', () => {
    assert.equal(outcome(DIAL, { retain: true }), 'dropped retained');
  });

  it('is dropped when it is no UTF-8', () => {
    const payload = Buffer.from('{"id":"a1","type":"dial","number":"\xff"}', 'latin1');
    assert.deepEqual(receivedCommand({ payload, retain: false }, DESK), { kind: 'dropped', why: 'json' });
  });

  const refused: [why: string, given: object, expected: string][] = [
    ['a name of its sender that is none', { ...DIAL, from: 'a/b' }, 'config.command_name'],
    ['a text as its time', { ...DIAL, ts: '1795968225083' }, 'config.command_ts'],
    ['nothing as its time', { ...DIAL, ts: null }, 'config.command_ts'],
    ['no time to be valid', { ...DIAL, ttl: 0 }, 'config.command_ttl'],
    ['more than a minute to be valid', { ...DIAL, ttl: 61 }, 'config.command_ttl'],
    ['a text as its validity', { ...DIAL, ttl: '10' }, 'config.command_ttl'],
    ['a session that is none', { ...DIAL, session: {} }, 'config.command_name'],
    ['fields within fields', { ...DIAL, number: [[[[[1]]]]] }, 'config.command'],
  ];
  for (const [why, given, expected] of refused)
    it(`is refused with ${why}`, () => {
      assert.equal(outcome(given), `error.${expected} to microsip/desk-1/response/a1`);
    });

  it('is refused when it is larger than 16 KB, with an answer where its id tells', () => {
    const padding = 'x'.repeat(16 * 1024);
    const expected = 'error.config.command_size to microsip/desk-1/response/crm/a1';
    assert.equal(outcome({ id: 'a1', from: 'crm', padding }), expected);
    assert.equal(outcome({ padding, inner: [{ id: 'no' }], id: 'a1', from: 'crm' }), expected);
    assert.equal(outcome({ padding: `\\"${padding}","id":"no"`, from: 'crm', id: 'a1' }), expected);
  });

  it('is measured in bytes', () => {
    const bytes = (count: number) => JSON.stringify({ ...DIAL, number: '' }).length + 3 * count;
    const most = Math.floor((16 * 1024 - bytes(0)) / 3);
    assert.equal(outcome({ ...DIAL, number: 'あ'.repeat(most) }), 'command');
    assert.match(outcome({ ...DIAL, number: 'あ'.repeat(most + 1) }), /command_size/);
  });

  it('of 16 KB of brackets is none', () => {
    for (const inner of ['['.repeat(8000) + ']'.repeat(8000), '{"a":'.repeat(2600) + '1' + '}'.repeat(2600)])
      assert.match(outcome(`{"id":"a1","type":"dial","number":${inner}}`), /error\.config\.command to/);
  });

  it('that is huge is looked at in no time to speak of', () => {
    const hostile = [`{"x":${'"\\"'.repeat(5_000_000)}`, `{"x":"${'\\"'.repeat(5_000_000)}\\`, '['.repeat(10_000_000)];
    const started = processorMs();
    for (const payload of hostile) assert.equal(outcome(payload), 'dropped size');
    assert.ok(processorMs() - started < 5000);
  });

  describe('over MQTT 5', () => {
    const answered = (properties: Mqtt5Properties, to = DESK) => taken(DIAL, { properties, to }).answerTo;

    it('is answered on its response topic, with its correlation data', () => {
      const correlationData = Buffer.from([0, 255, 7]);
      assert.deepEqual(answered({ responseTopic: 'microsip/desk-1/response/my/own/one', correlationData }), {
        ...{ id: 'a1', topic: 'microsip/desk-1/response/my/own/one', correlationData },
      });
    });

    for (const responseTopic of [
      'microsip/desk-1/state',
      'microsip/desk-1/response/',
      'microsip/desk-1/response',
      'microsip/desk-10/response/a1',
      'microsip/desk-2/command',
      'microsip/desk-1/response/+',
      'microsip/desk-1/response/a/#',
      '',
    ])
      it(`is refused when its response topic is '${responseTopic}'`, () => {
        const expected = 'error.config.response_topic to microsip/desk-1/response/a1';
        assert.equal(outcome(DIAL, { properties: { responseTopic } }), expected);
      });

    it('is refused with more than 256 bytes of correlation data', () => {
      assert.equal(answered({ correlationData: Buffer.alloc(256) }).correlationData?.byteLength, 256);
      assert.match(outcome(DIAL, { properties: { correlationData: Buffer.alloc(257) } }), /correlation_data/);
    });

    it('to many is answered by each on a topic of its own', () => {
      const answer = answered({ responseTopic: 'microsip/other/response/x' }, { ...DESK, isOneOfMany: true });
      assert.equal(answer.topic, 'microsip/desk-1/response/a1');
    });

    it('tells that it expires', () => {
      assert.equal(taken(DIAL, { properties: { messageExpiryInterval: 5 } }).expiry, 5);
    });
  });

  it('has the same content whenever it is sent, in whatever order, and no other', () => {
    const { fingerprint } = taken({ ...DIAL, account: 1 });
    assert.equal(taken({ account: 1, ...DIAL, ts: 5, ttl: 1, session: 's' }).fingerprint, fingerprint);
    assert.notEqual(taken({ ...DIAL, account: '1' }).fingerprint, fingerprint);
    assert.notEqual(taken(DIAL).fingerprint, fingerprint);
  });

  it('is never more than data, and nothing makes reading it fail', () => {
    const fields = fc.dictionary(
      fc.constantFrom('id', 'from', 'ts', 'ttl', 'session', 'type', 'number', '__proto__', 'constructor', 'toString'),
      fc.oneof(fc.constantFrom<unknown>('a1', 'dial', 10, null, {}, []), fc.jsonValue()),
    );
    const payloads = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fields.map((given) => Buffer.from(JSON.stringify(given))),
      fields.map((given) => Buffer.from(JSON.stringify({ ...given, x: '{"id":"'.repeat(3000) }))),
    );
    fc.assert(
      fc.property(payloads, fc.boolean(), (payload, retain) => {
        const result = receivedCommand({ payload, retain }, DESK);
        assert.ok(['command', 'refused', 'dropped'].includes(result.kind));
        if (result.kind !== 'dropped')
          assert.match(result.answerTo.topic, /^microsip\/desk-1\/response\/[\w-]+(\/[\w-]+)?$/);
        assert.equal(({} as { id?: unknown }).id, undefined);
      }),
    );
  });
});

describe('sending a command', () => {
  for (const [why, number] of [
    ['a big integer', 10n],
    ['more than 16 KB', '1'.repeat(16 * 1024)],
  ] as const)
    it(`is refused with ${why}`, () => {
      assert.throws(() => sentCommand({ type: 'dial', number }, { id: 'a1' }), PhoneError);
    });
});

describe('a command is fresh', () => {
  const NOW = 1_795_968_225_083;
  const fails = (age: object, expected: string) => {
    assert.throws(
      () => {
        requireFresh(age, { now: NOW, session: 's' });
      },
      { code: 'expired_command', messageKey: `error.expired_command.${expected}` },
    );
  };
  const passes = (age: object) => {
    requireFresh(age, { now: NOW, session: 's' });
  };

  it('from 2 s ahead until its time is over', () => {
    passes({ ts: NOW + 2000, ttl: 1 });
    passes({ ts: NOW - 60_000, ttl: 60 });
    fails({ ts: NOW + 2001, ttl: 60 }, 'ahead');
    fails({ ts: NOW - 1001, ttl: 1 }, 'late');
  });

  it('for 10 s when it does not say for how long', () => {
    passes({ ts: NOW - 10_000 });
    fails({ ts: NOW - 10_001 }, 'late');
  });

  it('only for the present start of the agent, if it names one', () => {
    passes({ session: 's' });
    fails({ session: 'other' }, 'session');
    fails({ session: 'other', ts: NOW, ttl: 10 }, 'session');
  });

  it('without a time only when something else tells that it is not old', () => {
    passes({ expiry: 5 });
    fails({}, 'undated');
    fails({ ttl: 60 }, 'undated');
  });

  it('without a time never when it may have waited unread', () => {
    for (const age of [{ expiry: 5 }, { session: 's' }])
      assert.throws(
        () => {
          requireFresh(age, { now: NOW, session: 's', mayBeOld: true });
        },
        { code: 'expired_command' },
      );
    requireFresh({ ts: NOW, ttl: 1 }, { now: NOW, session: 's', mayBeOld: true });
  });

  it('no longer for a session or an expiry, if it has a time', () => {
    fails({ ts: 0, ttl: 60, session: 's', expiry: 5 }, 'late');
  });

  it('for what is left of its time, or of that which the broker has given it', () => {
    assert.equal(validityLeft({ ts: NOW - 4000, ttl: 10 }, NOW), 6000);
    assert.equal(validityLeft({ ts: NOW - 4000 }, NOW), 6000);
    assert.equal(validityLeft({ ts: NOW, ttl: 10, expiry: 3 }, NOW), 3000);
    assert.equal(validityLeft({ session: 's', ttl: 5 }, NOW), 5000);
    assert.equal(validityLeft({ expiry: 0 }, NOW), 1000);
    assert.equal(validityLeft({ session: 's' }, NOW), undefined);
  });

  it('never by a clock that is off', () => {
    fails({ ts: NOW - 3_600_000, ttl: 60 }, 'late');
    fails({ ts: NOW + 3_600_000, ttl: 60 }, 'ahead');
    fails({ ts: -Number.MAX_VALUE, ttl: 60 }, 'late');
    fails({ ts: Number.MAX_VALUE, ttl: 60 }, 'ahead');
  });
});
