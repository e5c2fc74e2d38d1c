import assert from 'node:assert/strict';
import type { CallTracker } from '../../../../src/phone/tracker/call-tracker';
import type { TrackerMemory } from '../../../../src/phone/tracker/state/tracker-memory';
import { newTracker, eventsOf } from '../../../support/new-tracker';
import type { CallObservation, Observation, OwnAct } from '../../../../src/phone/ports/observation';
import type { PhoneEvent } from '../../../../src/phone/phone-event';

const source = 'window' as const;
type Input = Observation | OwnAct;

interface Tracking {
  it: CallTracker;
  feed: (...inputs: Input[]) => PhoneEvent[];
}

function tracker(memory?: TrackerMemory): Tracking {
  const it = newTracker(memory);
  return { it, feed: (...inputs) => inputs.flatMap((input) => eventsOf(it.observe(input))) };
}

const ready: Input = { type: 'presence', time: 0, source, presence: 'ready' };
const gone = (time: number): Input => ({ type: 'presence', time, source, presence: 'absent' });
const seen = (time: number, state: CallObservation['state'], more: Partial<CallObservation> = {}): Input => ({
  type: 'call',
  time,
  source,
  key: 'k',
  direction: 'inbound',
  state,
  facts: {},
  ...more,
});
const over = (time: number, key = 'k'): Input => ({ type: 'call_ended', time, source, key, ending: {} });
const names = (events: PhoneEvent[]): string[] => events.map(({ event }) => event);

describe('call tracker', () => {
  it('tells the life of an inbound call in order and with times', () => {
    const { feed } = tracker();
    const events = feed(
      ready,
      seen(10, 'ringing'),
      seen(20, 'connected'),
      seen(30, 'held'),
      seen(40, 'connected'),
      over(50),
    );
    assert.deepEqual(names(events), ['phone_online', 'incoming', 'answered', 'held', 'resumed', 'ended']);
    const call = events.at(-1)?.call;
    assert.deepEqual(
      [call?.startTime, call?.answerTime, call?.endTime, call?.disposition, call?.callState],
      [10, 20, 50, 'answered', 'ended'],
    );
    assert.deepEqual(
      events.map(({ previousState, state }) => `${previousState}>${state}`),
      ['offline>idle', 'idle>ringing', 'ringing>connected', 'connected>held', 'held>connected', 'connected>idle'],
    );
  });

  it('fills in what must have happened in between and says that it is inferred', () => {
    const { feed } = tracker();
    const events = feed(ready, seen(10, 'ringing'), seen(20, 'held', { heldBy: 'remote' }));
    assert.deepEqual(names(events), ['phone_online', 'incoming', 'answered', 'held']);
    assert.deepEqual(
      events.map(({ confidence }) => confidence),
      ['exact', 'exact', 'inferred', 'exact'],
    );
    assert.equal(events[3]?.call?.heldBy, 'remote');
  });

  it('gives the dialled call the id that dial had promised', () => {
    const { feed } = tracker();
    const events = feed(
      ready,
      { type: 'dial_sent', time: 5, callId: 'promised', number: '+4930123' },
      seen(10, 'dialing', { direction: 'outbound', facts: { number: '004930123' } }),
    );
    assert.equal(events.at(-1)?.call?.callId, 'promised');
  });

  it('keeps two dials apart by their numbers', () => {
    const { feed } = tracker();
    const events = feed(
      ready,
      { type: 'dial_sent', time: 5, callId: 'a', number: '1001' },
      { type: 'dial_sent', time: 6, callId: 'b', number: '1002' },
      seen(10, 'dialing', { key: 'x', direction: 'outbound', facts: { number: '1002' } }),
      seen(11, 'dialing', { key: 'y', direction: 'outbound', facts: { number: '1001' } }),
    );
    assert.deepEqual(
      events.slice(1).map(({ call }) => call?.callId),
      ['b', 'a'],
    );
  });

  it('knows who ended a call from the command that was sent', () => {
    const { feed, it } = tracker();
    feed(ready, seen(10, 'ringing'));
    const callId = it.calls[0]?.callId ?? '';
    const [ended] = feed({ type: 'hangup_sent', time: 20, callId }, over(30));
    assert.deepEqual([ended?.call?.endedBy, ended?.call?.disposition], ['local', 'rejected']);
  });

  it('ends open calls by watchdog before it says that MicroSIP is gone', () => {
    const { feed } = tracker();
    const events = feed(ready, seen(10, 'ringing'), seen(11, 'connected', { key: 'k2' }), gone(20), gone(21));
    assert.deepEqual(names(events.slice(-3)), ['ended', 'ended', 'phone_offline']);
    assert.deepEqual(
      events.slice(-3, -1).map((e) => e.source),
      ['watchdog', 'watchdog'],
    );
    assert.equal(events.at(-1)?.state, 'offline');
  });

  it('does not end calls while MicroSIP hangs', () => {
    const { feed, it } = tracker();
    const events = feed(ready, seen(10, 'connected'), { type: 'presence', time: 20, source, presence: 'hung' });
    assert.equal(events.at(-1)?.event, 'answered');
    assert.equal(it.state, 'connected');
  });

  it('never revives a call that has ended', () => {
    const { feed } = tracker();
    feed(ready, seen(10, 'ringing'), over(20));
    assert.deepEqual(feed(seen(30, 'ringing'), seen(31, 'connected'), over(32)), []);
  });

  it('goes on with calls of an earlier tracker and ends those that are no longer there', () => {
    const first = tracker();
    first.feed(ready, seen(10, 'connected'), seen(11, 'ringing', { key: 'k2' }));
    const second = tracker(first.it.memory());
    const events = second.feed(ready, seen(20, 'connected'), { type: 'looked_around', time: 21 });
    assert.deepEqual(names(events), ['ended']);
    assert.equal(events[0]?.source, 'watchdog');
    assert.equal(second.it.calls.length, 1);
  });

  it('goes on with its calls when it looks away and back', () => {
    const { feed, it } = tracker();
    feed(ready, seen(10, 'connected'));
    assert.deepEqual(names(feed({ type: 'looked_away', time: 15 })), ['phone_offline']);
    assert.equal(it.state, 'offline');
    const back = feed({ ...ready, time: 20 }, seen(20, 'connected'), { type: 'looked_around', time: 21 });
    assert.deepEqual(names(back), ['phone_online']);
    assert.equal(it.state, 'connected');
  });

  it('lets no time run backwards', () => {
    const { feed } = tracker();
    const events = feed(ready, seen(100, 'ringing'), seen(50, 'connected'), over(70));
    assert.deepEqual(
      events.map(({ time }) => time),
      [0, 100, 100, 100],
    );
  });

  it('reports a registration only when it changes', () => {
    const { feed } = tracker();
    const at = (time: number, state: 'registered' | 'failed'): Input => ({
      type: 'registration',
      time,
      source,
      registration: { state },
    });
    assert.deepEqual(names(feed(ready, at(1, 'registered'), at(2, 'registered'), at(3, 'failed'))), [
      'phone_online',
      'registration',
      'registration',
    ]);
  });

  it('gives events that share nothing with its own state', () => {
    const { feed, it } = tracker();
    const event = feed(ready, seen(10, 'ringing')).at(-1);
    assert.ok(event?.call);
    event.call.callState = 'ended';
    assert.equal(it.state, 'ringing');
  });

  it('takes the most urgent call for the state: ringing > connected > held > alerting > dialing', () => {
    const { feed, it } = tracker();
    const states: string[] = [];
    feed(ready);
    for (const state of ['dialing', 'alerting', 'held', 'connected', 'ringing'] as const) {
      feed(seen(1, state, { key: state, direction: state === 'ringing' ? 'inbound' : 'outbound' }));
      states.push(it.state);
    }
    assert.deepEqual(states, ['dialing', 'alerting', 'held', 'connected', 'ringing']);
  });
});
