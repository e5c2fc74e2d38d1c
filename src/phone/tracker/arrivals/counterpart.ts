import { isAnswered, type Call, type CallFacts, type Direction, type Source } from '../../calls/call';
import type { SameNumber } from '../../numbers/same-number';
import type { CallObservation } from '../../ports/observation';
import type { CallRegistry, RecentCall } from '../calls/call-registry';
import { isBetter, knowsBest } from '../sources/source-ranks';
import type { TrackedCall } from '../calls/tracked-call';

/** All in ms. Without a number, only what shows up at the same moment can be the same call. */
const SAME_MOMENT = 10_000;
/** Two sources that give different numbers (a proxy's identity header, a rewritten number) saw the same call. */
const SAME_INSTANT = 1000;
/** A source may show a call as not answered yet so long after another one saw the answer. */
const LATE_ANSWER = 5000;
/** What shows up so soon after a call has ended may be that call, seen late. */
const LATE_CALL = 3000;
/** As long as MicroSIP runs one program of a hook after the other, its windows lag behind its log. */
const LATE_BEHIND_LOG = 30_000;
/** A source that needs longer to tell of what it saw is not believed about the time. */
const LONGEST_DELAY = 30_000;

/** What is known of a call that a source shows for the first time. */
export interface Newcomer {
  source: CallObservation['source'];
  direction?: Direction | undefined;
  state: CallObservation['state'];
  facts: CallFacts;
  /** When the source says that it saw it, in ms since 1970: a program hook on a busy computer tells some time later. */
  time: number;
}

export interface CounterpartSearch {
  registry: CallRegistry;
  sameNumber: SameNumber;
  /** ms since 1970 by our clock */
  now: number;
}

export interface Counterpart {
  tracked: TrackedCall;
  /** By what it is the same call. */
  reason: 'same_id' | 'same_number' | 'same_moment';
}

/** A call that is over already, and is shown only now. */
export interface LateCall {
  over: RecentCall;
  /** By its id or number, not only by the time at which it is shown. */
  certain: boolean;
}

/** The open call that this source shows for the first time and another source has told of already. */
export function counterpart(newcomer: Newcomer, search: CounterpartSearch): Counterpart | undefined {
  const { now, sameNumber } = search;
  const possible = possibleCalls(newcomer, search);
  const relation = ({ call }: TrackedCall): Relation => relationOf(newcomer.facts, call, sameNumber);
  const identical = possible.find((tracked) => relation(tracked) === 'same_id');
  if (identical) return { tracked: identical, reason: 'same_id' };
  const same = possible.filter((tracked) => relation(tracked) === 'same_number');
  const nearest = closest(same, now);
  if (nearest) return { tracked: nearest, reason: 'same_number' };
  const nameless = possible.filter((one) => relation(one) === 'unknown' && isNear(one, newcomer, now));
  const only = onlyOne(nameless) ?? onlyOne(nameless.filter(({ call }) => call.callState === newcomer.state));
  return only && { tracked: only, reason: 'same_moment' };
}

/** A source that knew a call before the phone was closed shows it again, and then time does not matter. */
function isNear(tracked: TrackedCall, { source }: Newcomer, now: number): boolean {
  return tracked.silent.has(source) || now - tracked.since <= SAME_MOMENT;
}

/**
 * The calls that are left over on the other side, although their numbers are other ones; if there is one, it is the same
 * call when both sources have had time to tell of all that they see.
 */
export function leftOver(newcomer: Newcomer, since: number, search: CounterpartSearch): TrackedCall[] {
  return possibleCalls(newcomer, search).filter(
    (one) =>
      Math.abs(one.since - since) <= SAME_INSTANT &&
      relationOf(newcomer.facts, one.call, search.sameNumber) !== 'other_id',
  );
}

/**
 * A call that is over already and that this source only now shows.
 * @param settled whether both sources have had time to tell of all that they see, so that another number does not matter
 */
export function lateFor(newcomer: Newcomer, search: CounterpartSearch, settled: boolean): LateCall | undefined {
  const { registry, sameNumber, now } = search;
  const seenAt = Math.max(Math.min(newcomer.time, now), now - LONGEST_DELAY);
  const possible = registry.recent.filter(
    ({ call, sources, endedAt }) =>
      !sources.has(newcomer.source) && seenAt - endedAt <= lateness(newcomer, sources) && sameWay(newcomer, call),
  );
  const relation = ({ call }: RecentCall): Relation => relationOf(newcomer.facts, call, sameNumber);
  const same = possible.findLast((one) => relation(one) !== 'other_id' && relation(one) !== 'other_number');
  if (same) return { over: same, certain: relation(same) !== 'unknown' };
  if (!settled) return undefined;
  const left = possible.filter(
    (one) => Math.abs(one.call.startTime - seenAt) <= SAME_INSTANT && relation(one) !== 'other_id',
  );
  const only = onlyOne(left);
  return only && { over: only, certain: false };
}

/** If it were the next call of the same party, the log would have it. */
function lateness({ source }: Newcomer, sources: ReadonlySet<Source>): number {
  return [...sources].some((one) => knowsBest(one) && isBetter(one, source)) ? LATE_BEHIND_LOG : LATE_CALL;
}

function possibleCalls(newcomer: Newcomer, { registry, now }: CounterpartSearch): TrackedCall[] {
  const answered = isAnswered(newcomer.state);
  return registry.open.filter((tracked) => {
    const { call, seenBy, leadSawEnd } = tracked;
    if (!sameWay(newcomer, call)) return false;
    const known = tracked.isKnownTo(newcomer.source);
    if (known && !(answered && tracked.isDoubtfulTo(newcomer.source))) return false;
    // What it shows now is the next call.
    if (leadSawEnd && seenBy.has(newcomer.source)) return false;
    return !(!answered && call.answerTime !== undefined && now - call.answerTime > LATE_ANSWER);
  });
}

function sameWay({ direction }: Newcomer, call: Call): boolean {
  return direction === undefined || call.direction === undefined || direction === call.direction;
}

type Relation = 'same_id' | 'other_id' | 'same_number' | 'other_number' | 'unknown';

function relationOf(facts: CallFacts, call: Call, sameNumber: SameNumber): Relation {
  if (facts.sipCallId !== undefined && call.sipCallId !== undefined) {
    return facts.sipCallId === call.sipCallId ? 'same_id' : 'other_id';
  }
  if (!facts.number || !call.number) return 'unknown';
  return sameNumber(facts.number, call.number) ? 'same_number' : 'other_number';
}

function closest(calls: readonly TrackedCall[], now: number): TrackedCall | undefined {
  return [...calls].sort((a, b) => now - a.since - (now - b.since))[0];
}

function onlyOne<T>(list: readonly T[]): T | undefined {
  return list.length === 1 ? list[0] : undefined;
}
