import assert from 'node:assert/strict';
import type { Observation } from '../../../../src/phone/ports/observation';
import type { Told } from '../../../../src/phone/phone-event';
import type { CallTracker } from '../../../../src/phone/tracker/call-tracker';
import { newTracker } from '../../../support/new-tracker';

describe('calls that are over, as a tracker tells them', () => {
  let tracker: CallTracker;
  const ready: Observation = { type: 'presence', time: 1, source: 'window', presence: 'ready' };
  const feed = (...inputs: Observation[]): Told[] => inputs.flatMap((input) => tracker.observe(input));
  const names = (told: readonly Told[]): string[] =>
    told.map((one) => ('event' in one ? one.event.event : `finished ${one.finished.call.number ?? ''}`));
  const ringing = (time: number, key: string, number: string): Observation => ({
    ...{ type: 'call', time, source: 'log', key, direction: 'inbound', state: 'ringing', facts: { number } },
  });
  const ended = (time: number, key: string): Observation => ({
    ...{ type: 'call_ended', time, source: 'log', key, ending: { sipStatus: 487 } },
  });
  const refused = (time: number): Observation => ({
    ...{ type: 'call_refused', time, source: 'log', key: 'busy', began: time - 20, facts: { number: '1005' } },
    ending: { sipStatus: 486, endedBy: 'local' },
  });

  beforeEach(() => {
    tracker = newTracker();
  });

  it('come right behind their ends, each as an object of its own', () => {
    const told = feed(ready, ringing(10, 'a', '1001'), ringing(20, 'b', '1002'), ended(30, 'a'));
    assert.deepEqual(names(told), ['phone_online', 'incoming', 'incoming', 'ended', 'finished 1001']);
    const [end, over] = told.slice(-2);
    assert.ok(end && 'event' in end && end.event.event === 'ended' && over && 'finished' in over);
    assert.deepEqual(over.finished, { call: end.event.call, replayed: false, source: 'log', confidence: 'exact' });
    assert.notEqual(over.finished.call, end.event.call);
  });

  it('all come when MicroSIP goes', () => {
    feed(ready, ringing(10, 'a', '1001'), ringing(20, 'b', '1002'));
    const told = feed({ ...ready, time: 30, presence: 'absent', problem: 'not_running' });
    assert.deepEqual(names(told), ['ended', 'finished 1001', 'ended', 'finished 1002', 'phone_offline']);
  });

  it('have no event when MicroSIP refused them without ringing, and come once', () => {
    const told = feed(ready, refused(100), refused(110), ringing(120, 'busy', '1005'));
    assert.deepEqual(names(told), ['phone_online', 'finished 1005']);
    const over = told.at(-1);
    assert.ok(over && 'finished' in over);
    assert.deepEqual(
      [over.finished.rang, over.finished.call.disposition, over.finished.call.startTime, over.finished.call.endTime],
      [false, 'missed', 80, 100],
    );
    assert.deepEqual(
      tracker.knownCalls.map(({ callState }) => callState),
      ['ended'],
    );
  });
});
