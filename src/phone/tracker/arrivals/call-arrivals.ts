import type { CallEndedObservation, CallObservation } from '../../ports/observation';
import { beginning, type Beginning } from '../calls/call-beginning';
import type { CallLives } from '../course/call-lives';
import { counterpart, lateFor, leftOver, type CounterpartSearch } from './counterpart';
import { DialIntents } from '../calls/dial-intents';
import { awaitedBy, FIRST_LOOK, untilBegun, WINDOWS_SHOW } from '../course/patience';
import { isBetter, rankOf } from '../sources/source-ranks';
import { isAnswered, type Source } from '../../calls/call';
import { TrackedCall } from '../calls/tracked-call';
import type { Grounds, ReasonCode } from '../state/conclusions';
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
    const ms = this.patienceFor(waiting);
    waiting.until = waiting.since + ms;
    if (online && waiting.until <= now) this.start(waiting);
    else if (waiting.seen.length === 1)
      this.state.conclude({ reason: 'call_waits', source: seen.source, others: this.awaited(waiting), ms });
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
      if (left && others.length === 0) this.take(waiting, left, 'left_over');
      else if (waiting.doubted) this.forget(waiting, 'not_in_windows');
      else if (!this.isLate(waiting, true)) {
        const awaited = this.awaited(waiting);
        this.state.live.giveUp(awaited);
        this.start(waiting, awaited);
      }
    }
  }

  /** Drops a call that is over already. */
  private isLate(waiting: WaitingCall, settled: boolean): boolean {
    const late = lateFor(newcomerOf(waiting), this.search, settled);
    if (!late) return false;
    const { over, certain } = late;
    // What it shows after this is the next call. When it may have been another one, that one may still be shown late.
    if (certain) over.sources.add(waiting.source);
    this.forget(waiting, 'over_already', over.call.callId);
    return true;
  }

  private forget(waiting: WaitingCall, reason: ReasonCode, callId?: string): void {
    this.waiting.remove(waiting);
    this.state.registry.retire(waiting);
    this.state.conclude({ reason, source: waiting.source }, callId);
  }

  /**
   * Tells of a call that nobody has told of.
   * @param awaited who should have told it better meanwhile
   */
  private start(waiting: WaitingCall, awaited: readonly Source[] = []): void {
    const { source, seen } = waiting;
    const [first] = seen;
    if (!first) return;
    const { registry, now } = this.state;
    const intent = first.direction === 'inbound' ? undefined : this.intents.take(first.facts.number, now);
    const begun = beginning(first, intent, intent?.callId ?? this.options.nextCallId(), now);
    const { event, call, inferred } = begun;
    const tracked = new TrackedCall(call, source, now);
    registry.add(tracked);
    tracked.learn(first, this.options.e164);
    const why = groundsOf(begun, awaited, now - waiting.since);
    this.state.emit({ event, call }, { source, inferred, seenAt: first.time, why });
    registry.link(tracked, waiting);
    this.waiting.remove(waiting);
    // They have to find the call before this source tells its end.
    for (const other of this.waiting.all) this.join(other);
    this.take(waiting, tracked);
  }

  /** @returns whether the call is one that was told of */
  private join(waiting: WaitingCall): boolean {
    const found = counterpart(newcomerOf(waiting), this.search);
    if (!found) return false;
    // Of several that rang, nobody can tell which it was. What it shows next must find that call.
    if (hasOnlyRung(waiting) && found.reason === 'same_moment' && isBetter(found.tracked.lead, waiting.source))
      this.forget(waiting, 'nothing_new');
    else this.take(waiting, found.tracked, found.reason);
    return true;
  }

  /** @param reason why it is that call, unless it began it */
  private take(waiting: WaitingCall, tracked: TrackedCall, reason?: ReasonCode): void {
    this.waiting.remove(waiting);
    if (reason) this.state.conclude({ reason, source: waiting.source }, tracked.call.callId);
    this.state.registry.link(tracked, waiting);
    if (reason === 'same_moment' || reason === 'left_over') tracked.guessedBy.add(waiting.source);
    else tracked.guessedBy.delete(waiting.source);
    for (const seen of waiting.seen) this.lives.advance(tracked, seen);
    if (waiting.end) this.lives.finish(tracked, waiting.end);
  }

  private patienceFor(waiting: WaitingCall): number {
    if (this.state.opening) return FIRST_LOOK;
    return untilBegun(waiting.source, this.state.live, this.leftOver(waiting).length > 0);
  }

  private awaited({ source }: WaitingCall): Source[] {
    return awaitedBy(source, this.state.live);
  }

  private leftOver(waiting: WaitingCall): TrackedCall[] {
    return leftOver(newcomerOf(waiting), waiting.since, this.search);
  }

  private get search(): CounterpartSearch {
    const { registry, now } = this.state;
    return { registry, sameNumber: this.options.sameNumber, now };
  }
}

/** @param waited for so long, ms */
function groundsOf({ inMidst, inferred }: Beginning, awaited: readonly Source[], waited: number): Grounds {
  if (inMidst) return { reason: 'in_midst' };
  if (inferred) return { reason: 'source_inferred' };
  return awaited.length > 0 ? { reason: 'others_silent', others: awaited, ms: waited } : { reason: 'seen' };
}

/** A better source than the windows has it as answered and not over. */
function isTalkedOn({ source, seen, end }: WaitingCall): boolean {
  const { state = 'ringing' } = seen.at(-1) ?? {};
  return isBetter(source, 'window') && !end && isAnswered(state);
}

/** It rang, and was gone before it had told who calls. */
function hasOnlyRung({ seen }: WaitingCall): boolean {
  return seen.every(({ state, inferred }) => state === 'ringing' && inferred);
}
