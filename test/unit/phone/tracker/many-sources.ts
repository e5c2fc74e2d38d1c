import fc from 'fast-check';
import type { CallEnding, Direction, HeldBy, OpenCallState } from '../../../../src/phone/calls/call';
import type { CallObservation, Observation } from '../../../../src/phone/ports/observation';

/** What truly happens to one call; times in ms from the beginning of the history. */
export interface TrueCall {
  sipCallId: string;
  direction: Direction;
  number: string;
  begins: number;
  alerts?: number;
  answered?: number;
  holds: { from: number; to: number; by: HeldBy }[];
  ends: number;
  ending: CallEnding;
}

export type Watcher = 'log' | 'hooks' | 'window' | 'history';

/** How one source sees the world. */
export interface Eyesight {
  source: Watcher;
  /** ms until what happens is seen; never more than other sources wait for it */
  delay: number;
  jitter: number[];
  /** Indices, modulo their number, of observations that are lost. */
  lost: number[];
  repeated: number[];
  /** Sees nothing from this time on. */
  fails?: number | undefined;
}

export interface Arrival {
  at: number;
  seen: Observation;
}

export const START = 1_000_000;

const gap = fc.integer({ min: 1, max: 20_000 });

/** Calls one after the other or at the same time, but never two with the same party at once. */
export const trueCalls: fc.Arbitrary<TrueCall[]> = fc
  .array(
    fc.record({
      direction: fc.constantFrom<Direction[]>('inbound', 'outbound'),
      number: fc.constantFrom('+4930123456', '1001', '1002', 'ada'),
      pause: fc.integer({ min: 4000, max: 30_000 }),
      overlaps: fc.boolean(),
      alerts: fc.option(gap, { nil: undefined }),
      ring: gap,
      answered: fc.boolean(),
      holds: fc.array(fc.record({ after: gap, for: gap, by: fc.constantFrom<HeldBy[]>('local', 'remote') }), {
        maxLength: 2,
      }),
      talk: gap,
      ending: fc.record({
        endedBy: fc.constantFrom('local' as const, 'remote' as const),
        sipStatus: fc.constantFrom(200, 486, 487, 603, 480, 404),
      }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((plans) => {
    const calls: TrueCall[] = [];
    let clock = START;
    for (const [index, plan] of plans.entries()) {
      const last = calls.at(-1);
      const free = !calls.some((call) => call.number === plan.number && call.ends + 4000 > clock);
      const begins =
        plan.overlaps && free && last ? clock : Math.max(clock, ...calls.map(({ ends }) => ends)) + plan.pause;
      const alerts =
        plan.direction === 'outbound' && plan.alerts !== undefined
          ? begins + Math.min(plan.alerts, plan.ring)
          : undefined;
      const over = begins + plan.ring;
      let time = over;
      const holds = plan.answered
        ? plan.holds.map(({ after, for: length, by }) => {
            const from = time + after;
            time = from + length;
            return { from, to: time, by };
          })
        : [];
      calls.push({
        sipCallId: `call-${index}@example.org`,
        direction: plan.direction,
        number: plan.number,
        begins,
        ...(alerts !== undefined && { alerts }),
        ...(plan.answered && { answered: over }),
        holds,
        ends: plan.answered ? time + plan.talk : over,
        ending: plan.answered ? { endedBy: plan.ending.endedBy, sipStatus: 200 } : plan.ending,
      });
      clock = begins + 2500;
    }
    return calls;
  });

/** The windows show how things stand, so that they lose nothing for good; they may hang. */
export function eyesight(source: Watcher, flawless: boolean): fc.Arbitrary<Eyesight> {
  const some = fc.array(fc.nat(200), { maxLength: 6 });
  return fc.record({
    source: fc.constant(source),
    delay: fc.integer({ min: 0, max: 150 }),
    jitter: fc.array(fc.integer({ min: 0, max: 95 }), { minLength: 1, maxLength: 10 }),
    lost: flawless || source === 'window' ? fc.constant([]) : some,
    repeated: some,
    fails: flawless
      ? fc.constant(undefined)
      : fc.option(fc.integer({ min: START, max: START + 60_000 }), { nil: undefined }),
  });
}

/** All that this source sees of these calls, at the times at which it is heard. */
export function arrivalsOf(calls: readonly TrueCall[], sight: Eyesight): Arrival[] {
  const all = calls.flatMap((call, index) => viewOf(call, index, sight.source)).sort((a, b) => a.time - b.time);
  const lost = new Set(sight.lost.map((index) => index % Math.max(1, all.length)));
  const repeated = new Set(sight.repeated.map((index) => index % Math.max(1, all.length)));
  const arrivals: Arrival[] = [];
  let last = 0;
  for (const [index, seen] of all.entries()) {
    if (lost.has(index) || seen.time >= (sight.fails ?? Infinity)) continue;
    last = Math.max(last, seen.time + sight.delay + (sight.jitter[index % sight.jitter.length] ?? 0));
    arrivals.push({ at: last, seen });
    if (repeated.has(index)) arrivals.push({ at: last + 1, seen });
  }
  if (sight.source === 'window' && sight.fails !== undefined) {
    const hung: Observation = { type: 'presence', time: sight.fails, source: 'window', presence: 'hung' };
    arrivals.push({ at: Math.max(last, sight.fails), seen: hung });
  }
  return arrivals;
}

function viewOf(call: TrueCall, index: number, source: Watcher): Observation[] {
  const { direction, number, sipCallId, begins, alerts, answered, holds, ends, ending } = call;
  const key = source === 'log' || source === 'history' ? sipCallId : `${source}:${index}`;
  const hasId = key === sipCallId;
  const saw = (time: number, state: OpenCallState, heldBy?: HeldBy): CallObservation => ({
    type: 'call',
    time,
    source,
    key,
    direction,
    state,
    ...(heldBy && { heldBy }),
    facts: { number, ...(hasId && { sipCallId }) },
  });
  const over = (told: CallEnding): Observation => ({ type: 'call_ended', time: ends, source, key, ending: told });
  const first = saw(begins, direction === 'inbound' ? 'ringing' : 'dialing');
  // The history tells of an answer only when the call is over.
  if (source === 'history') {
    const answer = answered === undefined ? [] : [{ ...saw(ends, 'connected'), inferred: true }];
    return [first, ...answer, over(ending)];
  }
  const seesProgress = source !== 'hooks';
  const held = holds.filter(({ by }) => source === 'log' || (source === 'window' && by === 'local'));
  return [
    first,
    ...(seesProgress && alerts !== undefined ? [saw(alerts, 'alerting')] : []),
    ...(answered === undefined ? [] : [saw(answered, 'connected')]),
    ...held.flatMap(({ from, to, by }) => [saw(from, 'held', by), saw(to, 'connected')]),
    over(source === 'log' ? ending : {}),
  ];
}
