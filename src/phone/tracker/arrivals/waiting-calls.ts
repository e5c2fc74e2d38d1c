import type { CallFacts, Direction, Source } from '../../calls/call';
import type { CallEndedObservation, CallObservation } from '../../ports/observation';
import type { Newcomer } from './counterpart';

/** A call that a source showed and that is not told of yet, in favour of a source that knows more. */
export interface WaitingCall {
  source: Source;
  key: string;
  /** ms since 1970 by our clock */
  since: number;
  /** It is told of at this time at the latest, ms since 1970 by our clock. */
  until: number;
  seen: CallObservation[];
  end?: CallEndedObservation;
  /** The windows do not show it although they should: it is not told of unless somebody has more of it. */
  doubted?: boolean;
}

/** More than a call has states. */
const MOST_SEEN = 50;

export class WaitingCalls {
  private readonly calls = new Map<string, WaitingCall>();

  get all(): WaitingCall[] {
    return [...this.calls.values()];
  }

  /** The calls that have waited long enough. */
  due(now: number): WaitingCall[] {
    return this.all.filter(({ until }) => until <= now);
  }

  /** When the first of them has waited long enough, ms since 1970; Infinity when there is none. */
  get deadline(): number {
    return Math.min(...this.all.map(({ until }) => until));
  }

  find({ source, key }: Pick<WaitingCall, 'source' | 'key'>): WaitingCall | undefined {
    return this.calls.get(`${source} ${key}`);
  }

  add(seen: CallObservation, now: number): WaitingCall {
    const { source, key } = seen;
    const waiting = this.find(seen) ?? { source, key, since: now, until: now, seen: [] };
    waiting.seen.push(seen);
    if (waiting.seen.length > MOST_SEEN) waiting.seen.splice(1, 1);
    this.calls.set(`${source} ${key}`, waiting);
    return waiting;
  }

  remove({ source, key }: Pick<WaitingCall, 'source' | 'key'>): void {
    this.calls.delete(`${source} ${key}`);
  }

  clear(): WaitingCall[] {
    const all = this.all;
    this.calls.clear();
    return all;
  }
}

/** All that the source has shown of it so far. */
export function newcomerOf({ source, seen }: WaitingCall): Newcomer {
  const facts: CallFacts = {};
  let direction: Direction | undefined;
  for (const one of seen) {
    Object.assign(facts, one.facts);
    // That a call which is talked on is one that rang, a source may only have concluded.
    if (one.inferred !== true || one.state === 'ringing') direction ??= one.direction;
  }
  return { source, facts, direction, state: seen.at(-1)?.state ?? 'dialing', time: seen[0]?.time ?? Infinity };
}
