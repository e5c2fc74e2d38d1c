import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkPromises, checkStatesJoin } from './promises';
import { reasonText } from '../../../../src/phone/tracker/state/conclusions';
import { allMoves } from '../../../support/all-moves';
import { countingIds, newTracker, eventsOf } from '../../../support/new-tracker';
import type { PhoneEvent } from '../../../../src/phone/phone-event';
import type { Observation, OwnAct } from '../../../../src/phone/ports/observation';

type Input = Observation | OwnAct;
const source = fc.constantFrom('log' as const, 'hooks' as const, 'window' as const, 'history' as const);
const key = fc.constantFrom('a', 'b', 'c', 'd');
/** Time stamps of different sources may be out of order. */
const time = fc.integer({ min: 0, max: 10_000 });

const input: fc.Arbitrary<Input> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('call' as const),
      time,
      source,
      key,
      direction: fc.constantFrom('inbound' as const, 'outbound' as const),
      state: fc.constantFrom(
        'dialing' as const,
        'alerting' as const,
        'ringing' as const,
        'connected' as const,
        'held' as const,
      ),
      facts: fc.record({ number: fc.constantFrom('1001', '1002') }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('call_ended' as const),
      time,
      source,
      key,
      ending: fc.record({ sipStatus: fc.constantFrom(200, 486, 487, 603, 500) }),
    }),
  },
  fc.record({
    type: fc.constant('presence' as const),
    time,
    source,
    presence: fc.constantFrom(
      'absent' as const,
      'starting' as const,
      'ready' as const,
      'ready' as const,
      'hung' as const,
    ),
  }),
  fc.record({
    type: fc.constant('dial_sent' as const),
    time,
    callId: fc.uuid(),
    number: fc.constantFrom('1001', '1002'),
  }),
  fc.record({ type: fc.constant('looked_around' as const), time }),
  fc.record({ type: fc.constant('time_passed' as const), time }),
  fc.record({ type: fc.constant('looked_away' as const), time }),
);

/** Whether the windows decide if MicroSIP is there, or whoever spoke last. */
const best = fc.constantFrom({ presenceSource: 'window' as const }, {});

/** The moves that the events tell of, as `ringing answered connected`. */
function movesTold(events: readonly PhoneEvent[]): string[] {
  const states = new Map<string, string>();
  const moves: string[] = [];
  for (const { event, call } of events) {
    if (!call || event === 'transferred') continue;
    moves.push(`${states.get(call.callId) ?? 'none'} ${event} ${call.callState}`);
    states.set(call.callId, call.callState);
  }
  return moves;
}

/** What the tracker tells of these inputs until MicroSIP has gone. */
function toldOf(inputs: readonly Input[]): PhoneEvent[] {
  const tracker = newTracker(undefined, undefined, {});
  return [
    ...inputs.flatMap((one) => eventsOf(tracker.observe(one))),
    ...eventsOf(tracker.observe({ type: 'presence', time: 20_001, source: 'window', presence: 'absent' })),
  ];
}

describe('call tracker, any observations in any order', () => {
  it('breaks no promise and leaves no call open when MicroSIP goes', () => {
    fc.assert(
      fc.property(fc.array(input, { maxLength: 60 }), best, (inputs, more) => {
        const tracker = newTracker(undefined, undefined, more);
        const events = inputs.flatMap((one) => eventsOf(tracker.observe(one)));
        events.push(
          ...eventsOf(tracker.observe({ type: 'presence', time: 20_000, source: 'window', presence: 'ready' })),
        );
        events.push(
          ...eventsOf(tracker.observe({ type: 'presence', time: 20_001, source: 'window', presence: 'absent' })),
        );
        checkPromises(events);
        checkStatesJoin(events);
        assert.equal(tracker.calls.length, 0);
        assert.equal(tracker.state, 'offline');
      }),
      { numRuns: 3000 },
    );
  });

  it('breaks none when the phone is deployed anew in between', () => {
    fc.assert(
      fc.property(
        fc.array(input, { maxLength: 30 }),
        fc.array(input, { maxLength: 30 }),
        best,
        (before, after, more) => {
          const nextId = countingIds();
          const first = newTracker(undefined, nextId, more);
          const events = before.flatMap((one) => eventsOf(first.observe({ ...one, time: 1 })));
          const second = newTracker(first.memory(), nextId, more);
          events.push(...after.flatMap((one) => eventsOf(second.observe({ ...one, time: 2 }))));
          events.push(...eventsOf(second.observe({ type: 'presence', time: 3, source: 'window', presence: 'ready' })));
          events.push(...eventsOf(second.observe({ type: 'presence', time: 4, source: 'window', presence: 'absent' })));
          checkPromises(events);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('makes the moves of the table, each of them and no other', () => {
    const taken = new Set<string>();
    fc.assert(
      fc.property(fc.array(input, { maxLength: 60 }), (inputs) => {
        for (const move of movesTold(toldOf(inputs))) taken.add(move);
      }),
      // Enough for the rarest of them, and always the same ones.
      { numRuns: 2000, seed: 1 },
    );
    assert.deepEqual([...taken].sort(), allMoves());
  });

  it('has one reason for each event, in order, and says no number', () => {
    fc.assert(
      fc.property(fc.array(input, { maxLength: 60 }), (inputs) => {
        const tracker = newTracker();
        for (const one of inputs) {
          const told = eventsOf(tracker.observe(one)).map(({ event, call }) => [event, call?.callId]);
          const concluded = tracker.conclusions;
          const reasons = concluded.filter(({ event }) => event).map(({ event, callId }) => [event, callId]);
          assert.deepEqual(reasons, told);
          for (const conclusion of concluded) assert.doesNotMatch(reasonText(conclusion), /[{}]|undefined|100[12]/);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
