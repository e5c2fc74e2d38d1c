import assert from 'node:assert/strict';
import { CallsToday } from '../../../src/node-red/access/calls-today';
import type { FinishedCall } from '../../../src/phone/phone-event';

const NOON = new Date(2026, 10, 30, 12).getTime();
const HOUR = 3_600_000;
const ended = (callId: string, endTime: number): FinishedCall =>
  ({ call: { callId, startTime: endTime - 1000, endTime } }) as FinishedCall;
const ids = (calls: CallsToday, now: number): string[] => calls.on(now).map(({ call }) => call.callId);

describe("today's calls", () => {
  it('are the newest first, each once, and those of no other day', () => {
    const calls = new CallsToday();
    for (const one of [ended('b', NOON), ended('a', NOON - HOUR), ended('old', NOON - 24 * HOUR), ended('b', NOON + 1)])
      calls.add(one);
    assert.deepEqual(ids(calls, NOON + HOUR), ['b', 'a']);
    assert.deepEqual(ids(calls, NOON + 13 * HOUR), []);
  });

  it('are no more than somebody would look through', () => {
    const calls = new CallsToday();
    for (let nth = 0; nth < 300; nth++) calls.add(ended(String(nth), NOON + nth));
    assert.equal(ids(calls, NOON).length, 200);
    assert.equal(ids(calls, NOON)[0], '299');
  });
});
