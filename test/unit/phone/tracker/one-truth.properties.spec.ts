import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { PhoneEvent } from '../../../../src/phone/phone-event';
import type { CallTracker } from '../../../../src/phone/tracker/call-tracker';
import { newTracker, eventsOf } from '../../../support/new-tracker';
import {
  arrivalsOf,
  eyesight,
  START,
  trueCalls,
  type Arrival,
  type Eyesight,
  type TrueCall,
  type Watcher,
} from './many-sources';
import { checkPromises, checkStatesJoin } from './promises';

const WATCHERS: readonly Watcher[] = ['log', 'hooks', 'window', 'history'];

interface Telling {
  tracker: CallTracker;
  events: PhoneEvent[];
  /** When each of the events was told. */
  at: number[];
}

/** Lets the tracker hear all of it, with the clock going on in between as a phone lets it. */
function tell(calls: readonly TrueCall[], sights: readonly Eyesight[]): Telling {
  const tracker = newTracker();
  const arrivals: Arrival[] = sights.flatMap((sight) => arrivalsOf(calls, sight)).sort((a, b) => a.at - b.at);
  const events = eventsOf(tracker.observe({ type: 'presence', time: START, source: 'window', presence: 'ready' }));
  for (const { source } of sights) {
    if (source !== 'log') continue;
    const registration = { state: 'registered' as const, sipStatus: 200 };
    events.push(...eventsOf(tracker.observe({ type: 'registration', time: START, source, registration })));
  }
  const at = events.map(() => START);
  const tellAt = (time: number, news: PhoneEvent[]): void => {
    events.push(...news);
    at.push(...news.map(() => time));
  };
  const passTime = (until: number): void => {
    for (let { deadline } = tracker; deadline !== undefined && deadline <= until; { deadline } = tracker) {
      tellAt(deadline, eventsOf(tracker.observe({ type: 'time_passed', time: deadline })));
      assert.notEqual(tracker.deadline, deadline, 'waits for a time that is over');
    }
  };
  for (const { at: time, seen } of arrivals) {
    passTime(time);
    tellAt(time, eventsOf(tracker.observe(seen, time)));
  }
  passTime(Infinity);
  return { tracker, events, at };
}

const beginnings = (events: readonly PhoneEvent[]): PhoneEvent[] =>
  events.filter(({ event }) => event === 'incoming' || event === 'outgoing');

/** When calls began, were answered or ended, by their numbers and true beginnings. */
function moments({ events, at }: Telling, event: PhoneEvent['event']): Map<string, number> {
  const found = new Map<string, number>();
  for (const [index, one] of events.entries()) {
    const is = event === 'incoming' ? one.event === 'incoming' || one.event === 'outgoing' : one.event === event;
    if (is && one.call) found.set(`${String(one.call.number)} ${one.call.startTime}`, at[index] ?? NaN);
  }
  return found;
}

const answersIn = (events: readonly PhoneEvent[]): number => events.filter(({ event }) => event === 'answered').length;
const trueAnswers = (calls: readonly TrueCall[]): number =>
  calls.filter(({ answered }) => answered !== undefined).length;

/** At least one source that sees everything, and others that see anything. */
const oneFlawless = fc
  .tuple(fc.constantFrom(...WATCHERS), fc.subarray([...WATCHERS]))
  .chain(([best, others]) =>
    fc.tuple(eyesight(best, true), ...others.filter((one) => one !== best).map((one) => eyesight(one, false))),
  );

describe('one truth from many sources', () => {
  it('tells of each call once when all see everything, however late and however often', () => {
    fc.assert(
      fc.property(
        trueCalls,
        fc
          .subarray([...WATCHERS], { minLength: 1 })
          .chain((some) => fc.tuple(...some.map((one) => eyesight(one, true)))),
        (calls, sights) => {
          const { tracker, events } = tell(calls, sights);
          checkPromises(events);
          checkStatesJoin(events);
          assert.deepEqual(tracker.calls, []);
          assert.equal(answersIn(events), trueAnswers(calls));
          const told = beginnings(events).map(({ call }) => `${String(call?.direction)} ${String(call?.number)}`);
          assert.deepEqual(told.sort(), calls.map(({ direction, number }) => `${direction} ${number}`).sort());
        },
      ),
      { numRuns: 4000 },
    );
  });

  it('believes the log about what became of a call whenever there is one, and says so', () => {
    const others = fc.subarray(WATCHERS.filter((one) => one !== 'log'));
    const sights = others.chain((some) => fc.tuple(eyesight('log', true), ...some.map((one) => eyesight(one, false))));
    fc.assert(
      fc.property(trueCalls, sights, (calls, watching) => {
        const { events } = tell(calls, watching);
        checkPromises(events);
        const ended = events.filter(({ event }) => event === 'ended');
        assert.deepEqual(
          ended
            .map(({ call }) => [call?.sipCallId, call?.sipStatus, call?.endedBy, call?.startTime, call?.endTime])
            .sort(),
          calls
            .map(({ sipCallId, ending, begins, ends }) => [sipCallId, ending.sipStatus, ending.endedBy, begins, ends])
            .sort(),
        );
        for (const { source, confidence } of ended) assert.deepEqual([source, confidence], ['log', 'exact']);
      }),
      { numRuns: 4000 },
    );
  });

  it('is told not much later than any of its sources alone would tell it', () => {
    // What nobody misses: a name that comes, an end that the log explains.
    const allowed = { incoming: 400, answered: 250, ended: 2000 };
    const several = fc.subarray<Watcher>(['log', 'hooks', 'window'], { minLength: 2 });
    fc.assert(
      fc.property(
        trueCalls,
        several.chain((some) => fc.tuple(...some.map((one) => eyesight(one, true)))),
        (calls, sights) => {
          const together = tell(calls, sights);
          for (const sight of sights) {
            const alone = tell(calls, [sight]);
            for (const event of ['incoming', 'answered', 'ended'] as const) {
              const all = moments(together, event);
              for (const [call, time] of moments(alone, event)) {
                const late = (all.get(call) ?? Infinity) - time;
                assert.ok(late <= allowed[event], `${event} ${call} is told ${late} ms after ${sight.source} alone`);
              }
            }
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('leaves no call open and tells of none twice as long as one source sees everything', () => {
    fc.assert(
      fc.property(trueCalls, oneFlawless, (calls, sights) => {
        const { tracker, events } = tell(calls, sights);
        checkPromises(events);
        assert.deepEqual(tracker.calls, []);
        assert.equal(beginnings(events).length, calls.length);
        assert.ok(answersIn(events) <= trueAnswers(calls));
      }),
      { numRuns: 10_000 },
    );
  });

  it('breaks no promise when all of them lose things, and leaves no call open when MicroSIP goes', () => {
    const sights = fc
      .subarray([...WATCHERS], { minLength: 1 })
      .chain((some) => fc.tuple(...some.map((one) => eyesight(one, false))));
    fc.assert(
      fc.property(trueCalls, sights, (calls, watching) => {
        const { tracker, events } = tell(calls, watching);
        events.push(
          ...eventsOf(tracker.observe({ type: 'presence', time: START * 2, source: 'window', presence: 'absent' })),
        );
        checkPromises(events);
        checkStatesJoin(events);
        assert.deepEqual([tracker.calls, tracker.state, tracker.deadline], [[], 'offline', undefined]);
      }),
      { numRuns: 10_000 },
    );
  });
});
