import type { CallEndedObservation, CallObservation } from '../../ports/observation';
import { beginning } from '../calls/call-beginning';
import type { CallLives } from '../course/call-lives';
import { counterpart, lateFor, leftOver, type CounterpartSearch } from './counterpart';
import { DialIntents } from '../calls/dial-intents';
import { awaitedBy, FIRST_LOOK, untilBegun, WINDOWS_SHOW } from '../course/patience';
import { isBetter, rankOf } from '../sources/source-ranks';
import { TrackedCall } from '../calls/tracked-call';
import type { TrackerOptions } from '../state/tracker-options';
import type { TrackerState } from '../state/tracker-state';
import { newcomerOf, WaitingCalls, type WaitingCall } from './waiting-calls';

/** Decides what a call is that a source shows for the first time: a new one, one that was told of, or one that is over. */
export class CallArrivals {
  readonly intents: DialIntents;
  private readonly waiting = new WaitingCalls();

  constructor(
    private readonly state: TrackerState,
    private readonly lives: CallLives,
    private readonly options: TrackerOptions,
  ) {
    this.intents = new DialIntents(options.sameNumber, options.memory?.dials);
  }

  seen(seen: CallObservation): void {
    const { registry, online, now } = this.state;
    if (registry.isRetired(seen)) return;
    const known = registry.find(seen);
    if (known) {
      this.lives.advance(known, seen);
      return;
    }
    const waiting = this.waiting.add(seen, now);
    waiting.doubted = false;
    if (this.join(waiting) || this.isLate(waiting, false)) return;
    waiting.until = waiting.since + this.patienceFor(waiting);
    if (online && waiting.until <= now) this.start(waiting);
  }

  ended(seen: CallEndedObservation): void {
    const { registry } = this.state;
    if (registry.isRetired(seen)) return;
    const tracked = registry.find(seen);
    const waiting = this.waiting.find(seen);
    if (tracked) this.lives.finish(tracked, seen);
    else if (waiting) waiting.end = seen;
    else registry.retire(seen);
  }

  /** Until when a call that waits may turn out to be this one, ms since 1970 by our clock. */
  joins(tracked: TrackedCall): number {
    const possible = this.waiting.all.filter((waiting) => this.leftOver(waiting).includes(tracked));
    return Math.max(-Infinity, ...possible.map(({ until }) => until));
  }

  /** The windows show a call that is not told of yet. */
  get hasWaitingOfWindows(): boolean {
    return this.waiting.all.some(({ source }) => source === 'window');
  }

  get hasWaiting(): boolean {
    return this.state.online && this.waiting.all.length > 0;
  }

  get deadlines(): number[] {
    return this.hasWaiting ? [this.waiting.deadline] : [];
  }

  /** Tells of the calls that have waited long enough. */
  settleDue(): void {
    this.settle(this.waiting.due(this.state.now));
  }

  /**
   * Whoever knows more has told it by now.
   * @param windowsAreEmpty a call that is talked on as the log has it may be one whose end the log has lost
   */
  settleAll(windowsAreEmpty: boolean): void {
    for (const waiting of this.waiting.all.filter((one) => windowsAreEmpty && isTalkedOn(one))) {
      waiting.doubted = true;
      waiting.until = this.state.now + WINDOWS_SHOW;
    }
    this.settle(this.waiting.all.filter(({ doubted = false }) => !doubted));
  }

  /** There can be no calls: MicroSIP is gone. */
  drop(): void {
    for (const call of this.waiting.clear()) this.state.registry.retire(call);
  }

  /** Nobody looks any more; the sources will show their calls again. */
  lookAway(): void {
    this.waiting.clear();
  }

  private settle(calls: WaitingCall[]): void {
    if (!this.state.online) return;
    for (const waiting of calls.toSorted((a, b) => rankOf(b.source) - rankOf(a.source))) {
      if (this.waiting.find(waiting) !== waiting) continue;
      const [left, ...others] = this.leftOver(waiting);
      if (left && others.length === 0) this.take(waiting, left);
      else if (waiting.doubted) this.forget(waiting);
      else if (!this.isLate(waiting, true)) {
        this.state.live.giveUp(awaitedBy(waiting.source, this.state.live));
        this.start(waiting);
      }
    }
  }

  /** Drops a call that is over already. */
  private isLate(waiting: WaitingCall, settled: boolean): boolean {
    if (!lateFor(newcomerOf(waiting), this.search, settled)) return false;
    this.forget(waiting);
    return true;
  }

  private forget(waiting: WaitingCall): void {
    this.waiting.remove(waiting);
    this.state.registry.retire(waiting);
  }

  /** Tells of a call that nobody has told of. */
  private start(waiting: WaitingCall): void {
    const { source, seen } = waiting;
    const [first] = seen;
    if (!first) return;
    const { registry, now } = this.state;
    const intent = first.direction === 'inbound' ? undefined : this.intents.take(first.facts.number, now);
    const { call, inferred } = beginning(first, intent, intent?.callId ?? this.options.nextCallId(), now);
    const tracked = new TrackedCall(call, source, now);
    registry.add(tracked);
    tracked.learn(first, this.options.e164);
    const event = call.direction === 'inbound' ? 'incoming' : 'outgoing';
    this.state.emit({ event, call }, source, inferred, first.time);
    registry.link(tracked, waiting);
    this.waiting.remove(waiting);
    // They have to find the call before this source tells its end.
    for (const other of this.waiting.all) this.join(other);
    this.take(waiting, tracked);
  }

  /** @returns whether the call is one that was told of */
  private join(waiting: WaitingCall): boolean {
    const tracked = counterpart(newcomerOf(waiting), this.search);
    if (tracked) this.take(waiting, tracked);
    return tracked !== undefined;
  }

  private take(waiting: WaitingCall, tracked: TrackedCall): void {
    this.waiting.remove(waiting);
    this.state.registry.link(tracked, waiting);
    for (const seen of waiting.seen) this.lives.advance(tracked, seen);
    if (waiting.end) this.lives.finish(tracked, waiting.end);
  }

  private patienceFor(waiting: WaitingCall): number {
    if (this.state.opening) return FIRST_LOOK;
    return untilBegun(waiting.source, this.state.live, this.leftOver(waiting).length > 0);
  }

  private leftOver(waiting: WaitingCall): TrackedCall[] {
    return leftOver(newcomerOf(waiting), waiting.since, this.search);
  }

  private get search(): CounterpartSearch {
    const { registry, now } = this.state;
    return { registry, sameNumber: this.options.sameNumber, now };
  }
}

/** A better source than the windows has it as answered and not over. */
function isTalkedOn({ source, seen, end }: WaitingCall): boolean {
  const { state } = seen.at(-1) ?? {};
  return isBetter(source, 'window') && !end && (state === 'connected' || state === 'held');
}
