import assert from 'node:assert/strict';
import type { Call } from '../../../src/phone/calls/call';
import type { PhoneSnapshot } from '../../../src/phone/phone';
import { eventMessage, snapshotMessage } from '../../../src/node-red/messages/event-message';
import { phoneStatus } from '../../../src/node-red/inputs/status-line';

const start = Date.parse('2026-11-22T20:08:01.120Z');
const call: Call = {
  callId: 'b1f0',
  sipCallId: 's1',
  direction: 'inbound',
  callState: 'ended',
  number: '+4930123456',
  name: 'Ada',
  uri: 'sip:+4930123456@example.org',
  account: '1001',
  startTime: start,
  answerTime: start + 4200,
  endTime: start + 65_200,
  disposition: 'answered',
  sipStatus: 200,
  sipReason: 'OK',
  hangupCause: 'NORMAL_CLEARING',
  hangupCauseCode: 16,
  endedBy: 'remote',
};

describe('event message', () => {
  it('has the fields of the contract', () => {
    const message = eventMessage('Desk 1', {
      event: 'ended',
      time: start + 65_200,
      state: 'idle',
      previousState: 'connected',
      call,
      registration: { state: 'registered', sipStatus: 200 },
      source: 'simulator',
      confidence: 'exact',
    });
    assert.equal(message.topic, 'Desk 1/call/ended');
    assert.equal(message.callId, 'b1f0');
    assert.deepEqual(message.payload, {
      event: 'ended',
      state: 'idle',
      previousState: 'connected',
      phone: 'Desk 1',
      time: '2026-11-22T20:09:06.320Z',
      callId: 'b1f0',
      sipCallId: 's1',
      direction: 'inbound',
      callState: 'ended',
      number: '+4930123456',
      name: 'Ada',
      uri: 'sip:+4930123456@example.org',
      account: '1001',
      startTime: '2026-11-22T20:08:01.120Z',
      answerTime: '2026-11-22T20:08:05.320Z',
      endTime: '2026-11-22T20:09:06.320Z',
      ringSeconds: 4.2,
      duration: 61,
      totalDuration: 65.2,
      disposition: 'answered',
      sipStatus: 200,
      sipReason: 'OK',
      hangupCause: 'NORMAL_CLEARING',
      hangupCauseCode: 16,
      endedBy: 'remote',
      source: 'simulator',
      confidence: 'exact',
      replayed: false,
      registration: { state: 'registered', sipStatus: 200 },
    });
  });

  it('leaves out what is not known', () => {
    const { payload, topic, ...rest } = eventMessage('P', {
      event: 'phone_online',
      time: start,
      state: 'idle',
      previousState: 'offline',
      source: 'window',
      confidence: 'exact',
    });
    assert.equal(topic, 'P/phone/phone_online');
    assert.deepEqual(rest, {});
    assert.ok(!Object.values(payload).includes(undefined));
  });

  it('the snapshot lists all open calls and has the fields of the most urgent', () => {
    const open: Call = { callId: 'x', callState: 'ringing', startTime: start, direction: 'inbound' };
    const { payload, callId } = snapshotMessage('P', {
      presence: 'ready',
      time: start,
      state: 'ringing',
      calls: [open],
    });
    assert.equal(callId, 'x');
    assert.equal(payload['callState'], 'ringing');
    assert.equal((payload['calls'] as unknown[]).length, 1);
  });
});

describe('status line', () => {
  const of = (more: Partial<PhoneSnapshot>): string => {
    const { fill, shape, text } = phoneStatus({ presence: 'ready', time: 0, state: 'idle', calls: [], ...more });
    return `${String(fill)} ${String(shape)} ${String(text)}`;
  };
  const connected = (number: string, direction: 'inbound' | 'outbound'): Call => ({
    callId: 'x',
    callState: 'connected',
    startTime: 0,
    direction,
    number,
  });
  const rows: [Partial<PhoneSnapshot>, string][] = [
    [{}, 'grey ring status.idle'],
    [{ state: 'ringing' }, 'blue ring status.ringing'],
    [{ state: 'alerting' }, 'blue ring status.alerting'],
    [{ state: 'dialing' }, 'blue ring status.dialing'],
    [{ state: 'connected', calls: [connected('1001', 'outbound')] }, 'blue dot → 1001'],
    [{ state: 'connected', calls: [connected('+4930123456', 'inbound')] }, 'blue dot ← +4930123456'],
    [
      { state: 'connected', calls: [connected('a-very-long-sip-user-name', 'inbound')] },
      'blue dot ← a-very-long-sip-…',
    ],
    [{ state: 'connected' }, 'blue dot status.connected'],
    [{ state: 'held' }, 'yellow dot status.held'],
    [{ presence: 'opening', state: 'offline' }, 'yellow ring status.connecting'],
    [{ presence: 'starting', state: 'offline' }, 'yellow ring status.connecting'],
    [{ presence: 'absent', state: 'offline' }, 'red ring status.offline'],
    [{ presence: 'absent', state: 'offline', problem: 'other_session' }, 'red ring status.error.other_session'],
    [{ presence: 'closed', state: 'offline' }, 'red ring status.closed'],
    [{ presence: 'closed', state: 'offline', problem: 'unsupported' }, 'red ring status.error.unsupported'],
    [{ presence: 'hung', state: 'connected' }, 'red ring status.not_responding'],
  ];
  for (const [snapshot, expected] of rows) {
    it(`${JSON.stringify(snapshot)} is ${expected}`, () => {
      assert.equal(of(snapshot), expected);
      assert.ok(
        (phoneStatus({ presence: 'ready', time: 0, state: 'idle', calls: [], ...snapshot }).text ?? '').replace(
          /^status\..*/,
          '',
        ).length < 20,
      );
    });
  }
});
