import type { Call, Source } from '../../calls/call';
import { keyName } from './call-media';
import type { TrackedCall } from './tracked-call';

interface KeyedObservation {
  source: Source;
  key: string;
}

export interface RecentCall {
  call: Call;
  /** Those that showed it, be it late. */
  sources: Set<Source>;
  /** ms since 1970 by our clock */
  endedAt: number;
}

const REMEMBERED_CALLS = 200;
/** Each call has a key in each of a few sources. */
const REMEMBERED_KEYS = 1000;
/** Of these, what may still be shown after a deploy. */
const LATEST_KEYS = 50;

/** The calls that are open, those that ended lately, and the keys by which the sources know them. */
export class CallRegistry {
  private readonly calls = new Set<TrackedCall>();
  private readonly byKey = new Map<string, TrackedCall>();
  private readonly retiredKeys = new Set<string>();
  private readonly ended: RecentCall[] = [];

  /** In the order of their beginnings. */
  get open(): TrackedCall[] {
    return [...this.calls];
  }

  /** The newest last. */
  get recent(): readonly RecentCall[] {
    return this.ended;
  }

  add(tracked: TrackedCall): void {
    this.calls.add(tracked);
    for (const [source, key] of tracked.keys) this.byKey.set(keyName({ source, key }), tracked);
  }

  /** A source that was told of the call by us may name it by the id that we gave it. */
  find(seen: KeyedObservation): TrackedCall | undefined {
    return this.byKey.get(keyName(seen)) ?? this.withId(seen.key);
  }

  withId(callId: string): TrackedCall | undefined {
    return this.open.find(({ call }) => call.callId === callId);
  }

  /** What this key stands for is over; whatever still comes under it is late. */
  isRetired(seen: KeyedObservation): boolean {
    if (this.retiredKeys.has(keyName(seen))) return true;
    return this.ended.some(({ call }) => call.callId === seen.key);
  }

  /** Names of the latest of them, for a registry that goes on where this one stops. */
  get latestRetired(): string[] {
    return [...this.retiredKeys].slice(-LATEST_KEYS);
  }

  retireAgain(names: readonly string[]): void {
    for (const one of names) this.retiredKeys.add(one);
  }

  link(tracked: TrackedCall, { source, key }: KeyedObservation): void {
    tracked.seenBy.add(source);
    if (tracked.keys.get(source) === key) return;
    this.unlink(tracked, source);
    tracked.keys.set(source, key);
    tracked.names.add(keyName({ source, key }));
    this.byKey.set(keyName({ source, key }), tracked);
  }

  /** The source says that the call is over: should it show the call again, then under another key. */
  unlink(tracked: TrackedCall, source: Source): void {
    const key = tracked.keys.get(source);
    if (key === undefined) return;
    tracked.keys.delete(source);
    this.byKey.delete(keyName({ source, key }));
    this.retire({ source, key });
  }

  retire(seen: KeyedObservation): void {
    this.retiredKeys.add(keyName(seen));
    const [oldest] = this.retiredKeys;
    if (this.retiredKeys.size > REMEMBERED_KEYS && oldest !== undefined) this.retiredKeys.delete(oldest);
  }

  /** @param over the call as it ended */
  remove(tracked: TrackedCall, over: Call, endedAt: number): void {
    for (const source of tracked.keys.keys()) this.unlink(tracked, source);
    tracked.over = true;
    this.calls.delete(tracked);
    // What a source showed may have been another call: then it may still show this one, late.
    const sources = new Set([...tracked.seenBy].filter((source) => !tracked.guessedBy.has(source)));
    this.remember({ call: over, sources, endedAt });
  }

  remember(call: RecentCall): void {
    this.ended.push(call);
    if (this.ended.length > REMEMBERED_CALLS) this.ended.shift();
  }
}
