import assert from 'node:assert/strict';
import type { CallObservation, Observation, OwnAct } from '../../../../src/phone/ports/observation';
import type { PhoneEvent } from '../../../../src/phone/phone-event';
import type { CallTracker } from '../../../../src/phone/tracker/call-tracker';
import { newTracker, eventsOf } from '../../../support/new-tracker';

const NOTHING = { calls: [], dials: [], retired: [], online: false };

describe('a call whose end the log has lost, when Node-RED is started', () => {
  let tracker: CallTracker;
  const ready: Observation = { type: 'presence', time: 10_000, source: 'window', presence: 'ready' };
  const idle: Observation = {
    ...{ type: 'registration', time: 10_000, source: 'window', registration: { state: 'registered' } },
  };
  const around: OwnAct = { type: 'looked_around', time: 10_010 };

  beforeEach(() => {
    tracker = newTracker(NOTHING);
  });

  const feed = (...inputs: (Observation | OwnAct)[]): PhoneEvent[] =>
    inputs.flatMap((input) => eventsOf(tracker.observe(input, Math.max(10_000, input.time))));
  const seen = (time: number, state: CallObservation['state'], source: 'window' | 'log' = 'log'): CallObservation => ({
    ...{ type: 'call', time, source, key: source, direction: 'inbound', state, facts: { number: '1002' } },
  });
  const past = (time: number): OwnAct => ({ type: 'time_passed', time });
  const told = (events: readonly PhoneEvent[]): string[] =>
    events.filter(({ call }) => call).map(({ event, source }) => `${event} ${source}`);

  it('does not come up again when the windows show no call', () => {
    const events = feed(
      ready,
      idle,
      seen(1_000, 'ringing'),
      seen(2_000, 'connected'),
      around,
      past(13_000),
      past(40_000),
    );
    assert.deepEqual(told(events), []);
    assert.equal(tracker.state, 'idle');
  });

  it('is told, with its times, when the windows show it a little later', () => {
    feed(ready, idle, seen(1_000, 'ringing'), seen(2_000, 'connected'), around);
    const events = feed(seen(11_600, 'connected', 'window'), past(12_600));
    assert.deepEqual(told(events), ['incoming window', 'answered log']);
    const [call] = tracker.calls;
    assert.deepEqual([call?.startTime, call?.answerTime], [1_000, 2_000]);
  });

  it('is told when the log goes on to tell of it', () => {
    feed(ready, idle, seen(1_000, 'ringing'), seen(2_000, 'connected'), around);
    assert.deepEqual(told(feed(seen(10_900, 'held'))), ['incoming log', 'answered log', 'held log']);
  });

  it('is told at once when no windows can be seen', () => {
    tracker = newTracker(NOTHING, undefined, {});
    const alive: Observation = { type: 'presence', time: 10_000, source: 'log', presence: 'ready' };
    assert.deepEqual(told(feed(alive, seen(1_000, 'ringing'), seen(2_000, 'connected'), around)), [
      'incoming log',
      'answered log',
    ]);
  });

  it('is no reason to doubt a call that rings', () => {
    assert.deepEqual(told(feed(ready, idle, seen(9_900, 'ringing'), around)), ['incoming log']);
  });
});
