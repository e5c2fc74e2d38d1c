import type { Call, PhoneState, Registration, Source } from '../call';
import { completed } from '../call-outcome';
import type {
  CallEndedObservation,
  CallObservation,
  CallRefusedObservation,
  CallTransferredObservation,
  Observation,
  OwnAct,
  Presence,
  PresenceObservation,
} from '../observation';
import type { ErrorCode } from '../phone-error';
import type { EventName, FinishedCall, PhoneEvent } from '../phone-event';
import { beginning } from './call-beginning';
import { refusedCall } from './refused-call';
import { CallRegistry } from './call-registry';
import { movesOf } from './call-moves';
import { counterpart, lateFor, leftOver, type CounterpartSearch } from './counterpart';
import { DialIntents } from './dial-intents';
import { EventList } from './event-list';
import { PresenceLead } from './presence-lead';
import { RegistrationLead } from './registration-lead';
import { isBetter, LiveSources, rankOf } from './sources';
import { CONFIRMED_WITHIN, TrackedCall } from './tracked-call';
import type { TrackerMemory } from './tracker-memory';
import type { TrackerOptions } from './tracker-options';
import { mostUrgentFirst, stateOfPhone } from './urgency';
import { newcomerOf, WaitingCalls, type WaitingCall } from './waiting-calls';

/**
 * Turns what the observers see into the life of each call. Pure: the same inputs give the same events.
 *
 * One source leads each call: the best one that knows of it (log, else hooks, else window). It decides when the call
 * begins, is answered and ends. The others add fields; what they see and the lead does not tell of within a while is
 * believed after all, as `inferred`.
 *
 * Promises, whatever the observers report: each call has exactly one `incoming` or `outgoing` and exactly one `ended`,
 * in this order and with one `callId`; `answered` comes before `held` and `resumed`; no event comes twice; times never
 * run backwards; when MicroSIP goes, open calls end with `source: 'watchdog'`.
 */
export class CallTracker {
  private readonly registry = new CallRegistry();
  private readonly waiting = new WaitingCalls();
  private readonly live = new LiveSources();
  private readonly intents: DialIntents;
  private readonly presenceLead: PresenceLead;
  private readonly registrationLead: RegistrationLead;
  private seenSingleMode: boolean | undefined;
  private online: boolean;
  private now = 0;
  private readonly events = new EventList();

  constructor(private readonly options: TrackerOptions) {
    const { memory, sameNumber, awaitsWindows = false } = options;
    this.presenceLead = new PresenceLead(awaitsWindows);
    this.intents = new DialIntents(sameNumber);
    for (const call of memory?.calls ?? []) this.registry.add(TrackedCall.remembered(call));
    this.online = memory?.online ?? false;
    this.registrationLead = new RegistrationLead(memory?.registration);
  }

  /**
   * Takes one input and gives the events that follow from it, in order.
   * @param at when it arrived, ms since 1970 by our clock; an observation's own time may lie before that
   */
  observe(input: Observation | OwnAct, at = input.time): PhoneEvent[] {
    this.begin(at);
    switch (input.type) {
      case 'presence':
        this.onPresence(input);
        break;
      case 'registration':
        this.live.heard(input.source);
        if (this.registrationLead.take(input, this.now)) this.emit('registration', input.source, undefined, false);
        break;
      case 'call':
        this.live.heard(input.source);
        this.onCall(input);
        break;
      case 'call_ended':
        this.live.heard(input.source);
        this.onCallEnded(input);
        break;
      case 'call_transferred':
        this.onTransferred(input);
        break;
      case 'call_mode':
        this.seenSingleMode = input.singleMode;
        break;
      case 'dial_sent':
        this.intents.add({ callId: input.callId, number: input.number, time: this.now });
        break;
      case 'hangup_sent':
        this.registry.withId(input.callId)?.noteHangup(this.now);
        break;
      case 'looked_around':
        // Whoever knows more has told it by now.
        this.settle(this.waiting.all);
        this.endAll((tracked) => tracked.unseen);
        break;
      case 'looked_away':
        this.onLookedAway();
        break;
      case 'call_refused':
      case 'time_passed':
        break;
    }
    return this.events.all;
  }

  /** A call that MicroSIP refused by itself, for call logs; undefined when it was told of before. */
  refused(seen: CallRefusedObservation, at = seen.time): FinishedCall | undefined {
    if (this.registry.isDead(seen)) return undefined;
    this.registry.bury(seen);
    const finished = refusedCall(seen, this.options.nextCallId(), this.options.e164);
    this.registry.remember({ call: finished.call, sources: new Set([seen.source]), endedAt: Math.max(this.now, at) });
    return finished;
  }

  get state(): PhoneState {
    return this.online ? stateOfPhone(this.registry.open.map(({ call }) => call)) : 'offline';
  }

  get presence(): Presence {
    return this.presenceLead.presence;
  }

  get problem(): ErrorCode | undefined {
    return this.presenceLead.problem;
  }

  /** Undefined as long as nobody has seen it; true is MicroSIP's own default. */
  get singleMode(): boolean | undefined {
    return this.seenSingleMode;
  }

  get registration(): Registration | undefined {
    return this.registrationLead.current;
  }

  /** The open calls, the most urgent first, the newest of equally urgent ones first. */
  get calls(): Call[] {
    return mostUrgentFirst(this.registry.open.map(({ call }) => ({ ...call })));
  }

  /** The open calls and those that ended lately, for sources that have to find out which call theirs is. */
  get knownCalls(): Call[] {
    return [...this.registry.open, ...this.registry.recent].map(({ call }) => ({ ...call }));
  }

  /** The key by which a source knows an open call, and the other way round. */
  keyOf(callId: string, source: Source): string | undefined {
    return this.registry.withId(callId)?.keys.get(source);
  }

  callIdOf(source: Source, key: string): string | undefined {
    return this.registry.find({ source, key })?.call.callId;
  }

  /** @returns how many dials of the last `maxAge` ms have not been seen as calls yet */
  pendingDials(now: number, maxAge: number): number {
    return this.intents.count(Math.max(now, this.now), maxAge);
  }

  /** Calls have been seen that are not told of yet. */
  get hasWaiting(): boolean {
    return this.online && this.waiting.all.length > 0;
  }

  /** When `time_passed` should come at the latest, in ms since 1970; undefined while nothing depends on it. */
  get deadline(): number | undefined {
    const doubts = this.registry.open.flatMap(({ answerDoubt, endDoubt }) => [answerDoubt, endDoubt]);
    const times = [
      this.hasWaiting ? this.waiting.deadline : undefined,
      ...doubts.map((doubt) => doubt && doubt.since + CONFIRMED_WITHIN),
      this.registrationLead.deadline,
    ].filter((time) => time !== undefined);
    return times.length > 0 ? Math.min(...times) : undefined;
  }

  memory(): TrackerMemory {
    const { registration } = this;
    return {
      calls: this.registry.open.map((tracked) => tracked.memory()),
      online: this.online,
      ...(registration && { registration }),
    };
  }

  private begin(at: number): void {
    this.now = Math.max(this.now, at);
    this.events.begin(this.state);
    this.settleDoubts();
    this.settle(this.waiting.due(this.now));
  }

  private onPresence(seen: PresenceObservation): void {
    this.presenceLead.take(seen);
    const { online } = this.presenceLead;
    if (online === false) this.forgetAll();
    if (online === undefined || online === this.online) return;
    this.online = online;
    this.emit(online ? 'phone_online' : 'phone_offline', seen.source, undefined, false);
    if (online) this.settle(this.waiting.due(this.now));
  }

  private forgetAll(): void {
    this.endAll(() => true);
    for (const call of this.waiting.clear()) this.registry.bury(call);
    if (!this.online) return;
    this.intents.clear();
    this.registrationLead.forget();
  }

  private onLookedAway(): void {
    for (const tracked of this.registry.open) tracked.lookAway();
    this.waiting.clear();
    this.presenceLead.forget();
    if (!this.online) return;
    this.online = false;
    this.emit('phone_offline', 'watchdog', undefined, false);
  }

  private onCall(seen: CallObservation): void {
    if (this.registry.isDead(seen)) return;
    const known = this.registry.find(seen);
    if (known) {
      this.advance(known, seen);
      return;
    }
    this.waiting.add(seen, this.now);
    const waiting = this.waiting.find(seen);
    if (!waiting || this.join(waiting) || this.isLate(waiting, false) || this.takeLead(waiting)) return;
    if (this.online && !this.live.hasBetterThan(seen.source)) this.start(waiting);
  }

  /** Drops a call that is over already. */
  private isLate(waiting: WaitingCall, settled: boolean): boolean {
    if (!lateFor(newcomerOf(waiting), this.search, settled)) return false;
    this.waiting.remove(waiting);
    this.registry.bury(waiting);
    return true;
  }

  /** Tells of a call that nobody has told of. */
  private start(waiting: WaitingCall): void {
    const { source, seen } = waiting;
    const [first] = seen;
    if (!first) return;
    const intent = first.direction === 'inbound' ? undefined : this.intents.take(first.facts.number, this.now);
    const { call, inferred } = beginning(first, intent, intent?.callId ?? this.options.nextCallId(), this.now);
    const tracked = new TrackedCall(call, source, this.now);
    this.registry.add(tracked);
    tracked.learn(first, this.options.e164);
    this.emit(call.direction === 'inbound' ? 'incoming' : 'outgoing', source, call, inferred, first.time);
    this.registry.link(tracked, waiting);
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

  /** A call that a worse source told of when this one was silent for too long. */
  private takeLead(waiting: WaitingCall): boolean {
    const tracked = leftOver(newcomerOf(waiting), waiting.since, this.search);
    if (!tracked || !isBetter(waiting.source, tracked.lead)) return false;
    this.take(waiting, tracked);
    return true;
  }

  private take(waiting: WaitingCall, tracked: TrackedCall): void {
    this.waiting.remove(waiting);
    this.registry.link(tracked, waiting);
    for (const seen of waiting.seen) this.advance(tracked, seen);
    if (waiting.end) this.finish(tracked, waiting.end);
  }

  private settle(calls: WaitingCall[]): void {
    if (!this.online) return;
    for (const waiting of calls.toSorted((a, b) => rankOf(b.source) - rankOf(a.source))) {
      if (this.waiting.find(waiting) !== waiting) continue;
      const left = leftOver(newcomerOf(waiting), waiting.since, this.search);
      if (left) this.take(waiting, left);
      else if (!this.isLate(waiting, true)) {
        this.live.giveUpBetterThan(waiting.source);
        this.start(waiting);
      }
    }
  }

  private advance(tracked: TrackedCall, seen: CallObservation): void {
    if (tracked.over) return;
    const { call } = tracked;
    tracked.unseen = false;
    tracked.learn(seen, this.options.e164);
    if (isBetter(seen.source, tracked.lead)) tracked.lead = seen.source;
    if (seen.source === tracked.lead) tracked.believe(seen);
    const { moves, doubtful } = movesOf(tracked, seen);
    if (doubtful) tracked.answerDoubt ??= { seen, since: this.now };
    for (const step of moves) this.move(tracked, seen, step);
    const seesHolder = seen.source === tracked.progressLead && seen.state === 'held' && call.callState === 'held';
    if (seesHolder && seen.heldBy) call.heldBy = seen.heldBy;
  }

  private move(tracked: TrackedCall, seen: CallObservation, step: ReturnType<typeof movesOf>['moves'][number]): void {
    const { call } = tracked;
    call.callState = step.state;
    if (step.event === 'answered') tracked.answerDoubt = undefined;
    if (step.event === 'answered') call.answerTime = Math.max(call.startTime, Math.min(seen.time, this.now));
    if (step.state === 'held') call.heldBy = seen.heldBy ?? 'local';
    else delete call.heldBy;
    this.emit(step.event, seen.source, call, step.inferred || seen.inferred === true, seen.time);
  }

  private onCallEnded(seen: CallEndedObservation): void {
    if (this.registry.isDead(seen)) return;
    const tracked = this.registry.find(seen);
    const waiting = this.waiting.find(seen);
    if (tracked) this.finish(tracked, seen);
    else if (waiting) waiting.end = seen;
    else this.registry.bury(seen);
  }

  /** The word of a worse source than the lead is only taken when the lead is silent. */
  private finish(tracked: TrackedCall, seen: CallEndedObservation): void {
    if (tracked.over) return;
    if (seen.source === tracked.lead || isBetter(seen.source, tracked.lead)) {
      this.end(tracked, seen);
      return;
    }
    this.registry.unlink(tracked, seen.source);
    if (!tracked.endDoubt || isBetter(seen.source, tracked.endDoubt.seen.source)) {
      tracked.endDoubt = { seen, since: tracked.endDoubt?.since ?? this.now };
    }
  }

  private settleDoubts(): void {
    const registered = this.registrationLead.passTime(this.now);
    if (registered) this.emit('registration', registered.source, undefined, true);
    for (const tracked of this.registry.open) {
      const { answerDoubt, endDoubt } = tracked;
      if (endDoubt && this.now - endDoubt.since >= CONFIRMED_WITHIN) {
        this.end(tracked, { ...endDoubt.seen, inferred: true });
      } else if (answerDoubt && this.now - answerDoubt.since >= CONFIRMED_WITHIN) this.believeAnswer(tracked);
    }
  }

  private believeAnswer(tracked: TrackedCall): void {
    const { answerDoubt } = tracked;
    if (!answerDoubt) return;
    tracked.answerDoubt = undefined;
    tracked.lead = answerDoubt.seen.source;
    this.advance(tracked, { ...answerDoubt.seen, inferred: true });
  }

  private onTransferred({ key, source, target, time }: CallTransferredObservation): void {
    const tracked = this.registry.find({ source, key });
    if (!tracked || tracked.call.transferredTo !== undefined) return;
    tracked.call.transferredTo = target;
    this.emit('transferred', source, tracked.call, false, time);
  }

  private endAll(which: (tracked: TrackedCall) => boolean): void {
    for (const tracked of this.registry.open.filter(which)) {
      this.end(tracked, { ending: {}, time: this.now, source: 'watchdog', inferred: true });
    }
  }

  private end(tracked: TrackedCall, seen: Omit<CallEndedObservation, 'type' | 'key'>): void {
    const { source, inferred = false } = seen;
    // Another source saw an answer, and the way it ended does not speak against that.
    if ((seen.ending.sipStatus ?? 200) < 300) this.believeAnswer(tracked);
    const { call, endDoubt } = tracked;
    const byUs = source !== 'watchdog' && tracked.wasHungUp(this.now);
    const others = endDoubt?.seen.ending ?? {};
    const ending = { ...others, ...seen.ending };
    const added = Object.keys(ending).length > Object.keys(seen.ending).length && endDoubt?.seen.inferred === true;
    const endedBy = ending.endedBy ?? (byUs ? 'local' : 'unknown');
    const over = completed(call, { ...ending, endedBy }, Math.min(seen.time, this.now));
    this.registry.remove(tracked, over, this.now);
    this.emit('ended', source, over, inferred || added, seen.time);
  }

  private get search(): CounterpartSearch {
    return { registry: this.registry, sameNumber: this.options.sameNumber, now: this.now };
  }

  private emit(event: EventName, source: Source, call: Call | undefined, inferred: boolean, seenAt = this.now): void {
    const { state, registration } = this;
    this.events.add({ event, source, inferred, call, registration, state, seenAt }, this.now);
  }
}
