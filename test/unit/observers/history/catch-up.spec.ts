import assert from 'node:assert/strict';
import { finishedCall } from '../../../../src/observers/history/catch-up';
import { NOON, row } from './rows';

type Some = Parameters<typeof row>[0];
const outcome = (more: Omit<Some, 'id'>): unknown[] => {
  const { call, duration } = finishedCall(row({ id: 1, ...more }), true);
  return [call.disposition, call.endedBy, call.sipStatus, call.hangupCause, duration];
};

describe('a finished call out of the history', () => {
  it('has the fields of a call and says that it is replayed and concluded', () => {
    const { call, ...rest } = finishedCall(
      row({ id: 7, type: 1, number: 'ada@example.org', duration: 61, info: 'Call Ended' }),
      true,
    );
    assert.match(call.callId, /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.deepEqual(call, {
      callId: call.callId,
      sipCallId: 'call-7@host',
      number: 'ada',
      name: 'Ada',
      uri: 'sip:ada@example.org',
      direction: 'inbound',
      callState: 'ended',
      startTime: (NOON + 7) * 1000,
      endedBy: 'unknown',
      disposition: 'answered',
    });
    assert.deepEqual(rest, {
      duration: 61,
      info: 'Call Ended',
      replayed: true,
      source: 'history',
      confidence: 'inferred',
    });
  });

  it('has the same id each time, so that a repetition can be recognised', () => {
    const id = (key: string): string => finishedCall(row({ id: 1, key }), false).call.callId;
    assert.equal(id('a'), id('a'));
    assert.notEqual(id('a'), id('b'));
  });

  it('was answered when somebody talked', () => {
    assert.deepEqual(outcome({ type: 0, duration: 5, info: 'Call Ended' }), [
      'answered',
      'unknown',
      undefined,
      undefined,
      5,
    ]);
    assert.deepEqual(outcome({ type: 1, duration: 5, info: 'Anruf beendet' })[0], 'answered');
  });

  it('was missed, declined or taken elsewhere when it came in', () => {
    assert.deepEqual(outcome({ type: 2, info: 'Missed Call' }).slice(0, 2), ['missed', 'unknown']);
    assert.deepEqual(outcome({ type: 2, info: 'Canceled' }).slice(0, 3), ['missed', 'remote', 487]);
    assert.deepEqual(outcome({ type: 2, info: 'Moved Temporarily' }).slice(0, 3), ['forwarded', 'local', 302]);
    assert.deepEqual(outcome({ type: 2, info: 'Ring timeout' }).slice(0, 3), ['missed', 'unknown', undefined]);
    assert.deepEqual(outcome({ type: 2, info: 'Busy Here' }).slice(0, 3), ['missed', 'unknown', 486]);
    // The button refuses with 486, the F4 key with 603.
    assert.deepEqual(outcome({ type: 2, info: 'Declined' }), ['rejected', 'local', undefined, undefined, 0]);
    assert.deepEqual(outcome({ type: 2, info: 'Decline' }), ['rejected', 'local', 603, 'CALL_REJECTED', 0]);
    assert.deepEqual(outcome({ type: 3, info: 'Answered Elsewhere' })[0], 'answered_elsewhere');
    assert.deepEqual(outcome({ type: 1, info: 'Call Ended' })[0], 'missed');
  });

  it('ended in vain in one of many ways when it went out', () => {
    const ways: [string, string, number | undefined][] = [
      ['Busy Here', 'busy', 486],
      ['Busy Everywhere', 'busy', 600],
      ['Decline', 'rejected', 603],
      ['Forbidden', 'rejected', 403],
      ['Canceled', 'cancelled', 487],
      ['Call Ended', 'cancelled', undefined],
      ['Request Timeout', 'no_answer', 408],
      ['Temporarily Unavailable', 'no_answer', 480],
      ['Incorrect dialing or non-existent number', 'failed', 404],
      ['Incorrect dialing or non-existent number.', 'failed', 404],
      ['Unsupported codecs, encryption methods, or other media parameters.', 'failed', 488],
      ['Server error (503). Service Unavailable', 'failed', 503],
      ['Server Failure: 500 Internal Server Error', 'failed', 500],
      ['Server Internal Error', 'failed', 500],
      ['Internal Server Error', 'failed', 500],
      ['Server Time-out', 'failed', 504],
      ['Server Timeout', 'failed', 504],
      ['Gateway Time-out', 'failed', 504],
      ['Declined', 'rejected', 603],
      ['Cannot get IP address of the called host', 'failed', undefined],
      ['Connection refused', 'failed', undefined],
      ['Teilnehmer besetzt', 'failed', undefined],
    ];
    for (const [info, disposition, status] of ways) {
      const [found, , sipStatus] = outcome({ type: 0, info });
      assert.deepEqual([found, sipStatus], [disposition, status], info);
    }
  });
});
