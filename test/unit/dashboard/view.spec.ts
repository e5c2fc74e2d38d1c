import assert from 'node:assert/strict';
import type { PhoneAccess } from '../../../packages/dashboard/src/phone-node';
import { PARTS } from '../../../packages/dashboard/src/protocol';
import { viewOf } from '../../../packages/dashboard/src/view';

describe('what the widget shows of a phone', () => {
  it('has the calls of today in the order of the times that it shows', () => {
    const longest = { callId: 'long', startTime: '2026-11-22T10:00:00.000Z', endTime: '2026-11-22T11:00:00.000Z' };
    const during = { callId: 'during', startTime: '2026-11-22T10:30:00.000Z', endTime: '2026-11-22T10:31:00.000Z' };
    const first = { callId: 'first', startTime: '2026-11-22T09:00:00.000Z', endTime: '2026-11-22T09:01:00.000Z' };
    const phone = {
      name: 'Desk 1',
      snapshot: () => ({ time: '2026-11-22T12:00:00.000Z', presence: 'ready', calls: [] }),
      callsToday: () => [longest, during, first],
    } as unknown as PhoneAccess;
    assert.deepEqual(
      viewOf(phone, PARTS).today.map(({ callId }) => callId),
      ['during', 'long', 'first'],
    );
  });

  it('names nobody where no part of the widget does, for everybody may look into its store', () => {
    const call = { callId: 'a', startTime: '2026-11-22T10:00:00.000Z', number: '+4930123456', name: 'Ada' };
    const audio = { microphone: { muted: true }, speaker: { muted: false } };
    const phone = {
      name: 'Desk 1',
      snapshot: () => ({
        time: '2026-11-22T12:00:00.000Z',
        presence: 'ready',
        calls: [{ ...call, callState: 'connected' }],
        audio,
      }),
      callsToday: () => [call],
    } as unknown as PhoneAccess;
    const muted = viewOf(phone, ['audio', 'dnd']);
    assert.doesNotMatch(JSON.stringify(muted), /Ada|123456/);
    assert.deepEqual([muted.calls[0]?.callState, muted.audio], ['connected', audio]);
    assert.equal(viewOf(phone, ['today']).today[0]?.name, 'Ada');
    assert.doesNotMatch(JSON.stringify(viewOf(phone, ['today']).calls), /Ada|123456/);
    for (const part of ['calls', 'keypad'] as const) assert.equal(viewOf(phone, [part]).calls[0]?.name, 'Ada');
    assert.equal(viewOf(phone, ['calls']).audio, undefined);
  });
});
