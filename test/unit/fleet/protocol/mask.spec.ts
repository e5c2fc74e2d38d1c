import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fleetCallJson, readFleetCall } from '../../../../src/fleet/protocol/fleet-call';
import { fleetEventJson, readFleetEvent } from '../../../../src/fleet/protocol/fleet-event';
import { fleetStateJson, readFleetState } from '../../../../src/fleet/protocol/fleet-state';
import { maskedText } from '../../../../src/fleet/protocol/mask';
import type { ToldSnapshot } from '../../../../src/messages/snapshot-json';
import { dialTarget } from '../../../../src/phone/guard/targets/dial-target';
import type { Call } from '../../../../src/phone/calls/call';
import { events, finishedCalls, snapshots } from '../../messages/values';

const CALL: Call = {
  ...{
    callId: 'ours-4930123456',
    sipCallId: '4930123456@pbx',
    direction: 'inbound',
    callState: 'ringing',
    startTime: 0,
  },
  ...{ number: '+4930123456', numberE164: '+4930123456', name: 'Ada (+49 30 123456)', uri: 'sip:+4930123456@b.org' },
  ...{ account: '1001', diversion: '0049-30/123456', transferredTo: '030 123456' },
};
const AROUND = { time: 0, state: 'ringing', previousState: 'idle', source: 'log', confidence: 'exact' } as const;

describe('a masked text', () => {
  const examples: [text: string, masked: string][] = [
    ['+4930123456', '•••456'],
    ['+49 (30) 123-456', '•••456'],
    ['0049/30.123456', '•••456'],
    ['1001', '•••01'],
    ['101', '•••1'],
    ['12', '12'],
    ['Ada Lovelace', 'Ada Lovelace'],
    ['Ada +49 30 123456', 'Ada •••456'],
    ['192.0.2.10', '•••210'],
    ['٠٣٠١٢٣٤٥٦', '•••٤٥٦'],
    ['030\u00a0123\u2013456', '•••456'],
    ['a1b2c3', 'a1b2c3'],
    ['', ''],
  ];
  for (const [text, masked] of examples)
    it(`of '${text}' is '${masked}'`, () => {
      assert.equal(maskedText(text), masked);
    });

  it('cannot be dialled', () => {
    assert.throws(() => dialTarget(maskedText('+4930123456')), { code: 'invalid_number' });
  });

  it('keeps no more than half of a number, and is not masked again', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ +a-z()\-/0-9]{0,60}$/), (text) => {
        const masked = maskedText(text);
        assert.equal(maskedText(masked), masked);
        assert.doesNotMatch(masked, /(?<!•+)\d{3}|\d{4}/);
      }),
    );
  });

  it('takes no time to speak of, however long it is', () => {
    assert.equal(maskedText(`${'1 '.repeat(100_000)}x`), '•••111 x');
    maskedText('1(('.repeat(100_000));
  });
});

describe('what a fleet publishes with masked numbers', () => {
  const told = (json: object): string => JSON.stringify({ ...json, callId: '', sipCallId: '', calls: [] });

  it('has of them only the last digits', () => {
    const event = fleetEventJson(
      { phone: 'Desk', event: { ...AROUND, event: 'incoming', call: CALL }, seq: 1, session: 's' },
      true,
    );
    assert.doesNotMatch(told(event).replace(/[ \-/]/g, ''), /30123/);
    assert.deepEqual([event.number, event.name, event.account], ['•••456', 'Ada (•••456)', '1001']);
    assert.equal(event.sipCallId, CALL.sipCallId);
    assert.equal(event.callId, CALL.callId);
    assert.ok(!('numberE164' in event) && !('uri' in event));
  });

  it('has them in none of the calls of a state', () => {
    const snapshot = { time: 0, state: 'ringing', calls: [CALL, CALL] } as const;
    const state = fleetStateJson(
      { phone: 'Desk', snapshot: { ...snapshot, calls: [...snapshot.calls] }, seq: 1, session: 's', missedToday: 0 },
      true,
    );
    assert.deepEqual(
      state.calls.map(({ number }) => number),
      ['•••456', '•••456'],
    );
    assert.ok(state.calls.every((call) => !('uri' in call)));
  });

  it('has them neither in what MicroSIP says, nor in whose voicemail and which recording it is', () => {
    const call = { ...CALL, recording: 'C:\\Recordings\\20261122-200801-+4930123456-incoming-1001.wav' };
    const snapshot: ToldSnapshot = {
      ...{ time: 0, state: 'connected', calls: [call], problem: 'blocked' },
      problemText: 'Call from +49 30 123456',
      voicemail: { waiting: true, new: 2, account: 'sip:+4930123456@example.org' },
    };
    const state = fleetStateJson({ phone: 'Desk', snapshot, seq: 1, session: 's', missedToday: 0 }, true);
    assert.deepEqual(
      [state.problemText, state.voicemail],
      ['Call from •••456', { waiting: true, new: 2, account: 'sip:•••456@example.org' }],
    );
    assert.ok(![state, ...state.calls].some((json) => 'recording' in json));
    const event = { ...AROUND, event: 'voicemail', voicemail: snapshot.voicemail ?? assert.fail() } as const;
    assert.doesNotMatch(JSON.stringify(fleetEventJson({ phone: 'Desk', event, seq: 1, session: 's' }, true)), /30123/);
  });

  it('can be read', () => {
    fc.assert(
      fc.property(events, snapshots, finishedCalls, (event, snapshot, finished) => {
        const place = { phone: 'Desk', seq: 1, session: 's' };
        const over = (json: object): unknown => JSON.parse(JSON.stringify(json));
        assert.ok(readFleetEvent(over(fleetEventJson({ ...place, event }, true))));
        assert.ok(readFleetState(over(fleetStateJson({ ...place, snapshot, missedToday: 0 }, true))));
        assert.ok(readFleetCall(over(fleetCallJson({ phone: 'Desk', finished }, true))));
      }),
    );
  });
});
