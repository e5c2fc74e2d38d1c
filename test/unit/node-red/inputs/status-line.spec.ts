import assert from 'node:assert/strict';
import fc from 'fast-check';
import { phoneStatus } from '../../../../src/node-red/inputs/status-line';
import type { Call } from '../../../../src/phone/calls/call';

const ANSWERED = Date.UTC(2026, 0, 1);
const connected = (call: Partial<Call>, seconds?: number): string =>
  phoneStatus(
    {
      presence: 'ready',
      time: ANSWERED,
      state: 'connected',
      calls: [{ callId: '1', callState: 'connected', startTime: ANSWERED, answerTime: ANSWERED, ...call }],
    },
    { now: seconds === undefined ? undefined : ANSWERED + seconds * 1000 },
  ).text ?? '';

describe('the status line of a phone without a call', () => {
  it('tells what keeps it from working', () => {
    const idle = { presence: 'ready' as const, time: ANSWERED, state: 'idle' as const, calls: [] };
    assert.deepEqual(phoneStatus(idle), { fill: 'grey', shape: 'ring', text: 'status.idle', state: 'idle' });
    assert.deepEqual(phoneStatus({ ...idle, problem: 'blocked', problemText: 'MicroSIP' }), {
      ...{ fill: 'red', shape: 'ring', text: 'status.error.blocked', state: 'idle', code: 'blocked' },
    });
    assert.equal(phoneStatus({ ...idle, problem: 'config' }).text, 'status.check_log');
    assert.equal(phoneStatus({ ...idle, presence: 'starting', problem: 'blocked' }).text, 'status.error.blocked');
    const absent = { ...idle, presence: 'absent' as const, state: 'offline' as const };
    assert.equal(phoneStatus({ ...absent, problem: 'config' }).text, 'status.check_log');
    assert.equal(phoneStatus({ ...absent, problem: 'other_session' }).text, 'status.error.other_session');
    assert.equal(phoneStatus({ ...absent, presence: 'closed', problem: 'config' }).text, 'status.error.config');
  });
});

describe('the status line of a call', () => {
  for (const [seconds, text] of [
    [undefined, '→ 1001'],
    [7.9, '→ 1001 0:07'],
    [754, '→ 1001 12:34'],
    [3723, '→ 1001 1:02:03'],
    [-1, '→ 1001 0:00'],
  ] as const) {
    it(`after ${String(seconds)} seconds is ${text}`, () => {
      assert.equal(connected({ number: '1001', direction: 'outbound' }, seconds), text);
    });
  }

  it('tells the time also of a caller without a number', () => {
    assert.equal(connected({ direction: 'inbound' }, 61), '← 1:01');
  });

  it('has always less than 20 characters and ends with the time', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(1_000_000), (number, seconds) => {
        const text = connected({ number }, seconds);
        assert.ok(text.length < 20, text);
        assert.match(text, /\d:\d\d$/);
      }),
    );
  });
});

describe('the status line while it rings', () => {
  const ringing = (call: Partial<Call>, caller = true): string =>
    phoneStatus(
      {
        ...{ presence: 'ready', time: ANSWERED, state: 'ringing' },
        calls: [{ callId: '1', callState: 'ringing', direction: 'inbound', startTime: ANSWERED, ...call }],
      },
      { caller },
    ).text ?? '';

  for (const [call, text] of [
    [{ name: 'Ada', number: '+4930123456' }, '← Ada'],
    [{ number: '+4930123456' }, '← +4930123456'],
    [{ name: ' ', number: '1001' }, '← 1001'],
    [{}, 'status.ringing'],
    [{ name: 'Ada Augusta King, Countess of Lovelace' }, '← Ada Augusta King…'],
    [{ name: 'Ada\u202e\u200b\n\tKing' }, '← Ada King'],
    [{ name: '\u202e\u200b', number: '1001' }, '← 1001'],
    [{ name: '🇩🇪'.repeat(6) }, '← 🇩🇪🇩🇪🇩🇪🇩🇪…'],
    [{ name: '<img src=x onerror=alert(1)>' }, '← <img src=x onerr…'],
  ] as const)
    it(`tells of ${JSON.stringify(call)} as ${text}`, () => {
      assert.equal(ringing(call), text);
    });

  it('tells nobody but the node that asked for it', () => {
    assert.equal(ringing({ name: 'Ada' }, false), 'status.ringing');
  });

  it('is one line of less than 20 characters, whoever calls', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (name) => {
        const text = ringing({ name });
        assert.ok(text.length < 20, text);
        assert.doesNotMatch(text, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        assert.match(text, /^(?:← .*|status\.ringing)$/u);
      }),
    );
  });
});
