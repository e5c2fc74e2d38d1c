import assert from 'node:assert/strict';
import type { PhoneAccess } from '../../../packages/dashboard/src/phone-node';
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
      viewOf(phone).today.map(({ callId }) => callId),
      ['during', 'long', 'first'],
    );
  });
});
