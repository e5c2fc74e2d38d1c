import type { Call, PhoneState, Registration, Source } from '../calls/call';
import type {
  CallRefusedObservation,
  Observation,
  OwnAct,
  Presence,
  PresenceObservation,
  RegistrationObservation,
  Trouble,
} from '../ports/observation';
import type { Told } from '../phone-event';
import { CallArrivals } from './arrivals/call-arrivals';
import { CallLives } from './course/call-lives';
import { PresenceLead } from './sources/presence-lead';
import { PhoneStanding } from './standing/phone-standing';
import type { StandingMemory } from './standing/standing-memory';
import { refusedCall } from './calls/refused-call';
import type { TrackerMemory } from './state/tracker-memory';
import type { TrackerOptions } from './state/tracker-options';
import type { Conclusion, Grounds } from './state/conclusions';
import { TrackerState } from './state/tracker-state';
import { UnshownCalls } from './course/unshown-calls';
import { byPriority } from './calls/call-priority';

/**
 * Turns what the observers see into the life of each call. Pure: the same inputs give the same events.
 *
 * Whoever sees a call first tells of it. From then on one source leads it: the best one that knows of it (log, else
 * hooks, else window). The others add fields; what they see and the lead does not tell of within a while is believed
 * after all.
 *
 * Promises, whatever the observers report: each call has exactly one `incoming` or `outgoing` and exactly one `ended`,
 * in this order and with one `callId`; `answered` comes before `held` and `resumed`; no event comes twice; times never
 * run backwards; when MicroSIP goes, open calls end with `source: 'watchdog'`.
 */
export class CallTracker {
  private readonly tracked: TrackerState;
  private readonly lives: CallLives;
  private readonly arrivals: CallArrivals;
  private readonly unshown: UnshownCalls;
  private readonly presenceLead: PresenceLead;
  private readonly standing: PhoneStanding;
  private seenSingleMode: boolean | undefined;

  constructor(private readonly options: TrackerOptions) {
    const { memory, presenceSource, e164 } = options;
    this.presenceLead = new PresenceLead(presenceSource, memory?.online === true && memory.calls.length > 0);
    this.tracked = new TrackerState(memory);
    this.standing = new PhoneStanding(this.tracked, memory?.standing);
    this.lives = new CallLives(this.tracked, e164, (call) => this.arrivals.joins(call));
    this.arrivals = new CallArrivals(this.tracked, this.lives, options);
    this.unshown = new UnshownCalls(this.tracked, this.lives, this.presenceLead);
  }

  /**
   * Takes one input and gives what is to be told then, in order.
   * @param at when it arrived, ms since 1970 by our clock; an observation's own time may lie before that
   */
  observe(input: Observation | OwnAct, at = input.time): Told[] {
    this.begin(at);
    switch (input.type) {
      case 'presence':
        this.onPresence(input);
        break;
      case 'registration':
        this.onRegistration(input);
        break;
      case 'call':
        this.tracked.live.heard(input.source);
        this.arrivals.seen(input);
        break;
      case 'call_ended':
        this.tracked.live.heard(input.source);
        this.arrivals.ended(input);
        break;
      case 'call_transferred':
        this.lives.transferred(input);
        break;
      case 'features':
      case 'audio':
      case 'voicemail':
        this.standing.see(input, this.presence !== 'absent' || this.tracked.opening);
        break;
      case 'trouble':
        // What a file still shows of a MicroSIP that is gone is nobody's trouble.
        if (!this.presenceLead.isGone) this.standing.see(input, true);
        break;
      case 'call_media':
        this.lives.noteMedia(input);
        break;
      case 'call_mode':
        this.seenSingleMode = input.singleMode;
        break;
      case 'source_live':
        this.tracked.live.heard(input.source);
        break;
      case 'dial_sent':
        this.arrivals.intents.add({ callId: input.callId, number: input.number, time: this.tracked.now });
        break;
      case 'hangup_sent':
        this.tracked.registry.withId(input.callId)?.noteHangup(this.tracked.now);
        break;
      case 'transfer_sent':
        this.tracked.registry.withId(input.callId)?.noteTransfer({ target: input.target, since: this.tracked.now });
        break;
      case 'transfer_failed':
        this.tracked.registry.withId(input.callId)?.noteTransfer(undefined);
        break;
      case 'looked_around':
        this.tracked.opening = false;
        this.arrivals.settleAll(this.unshown.windowsAreEmpty(this.arrivals.hasWaitingOfWindows));
        this.unshown.endUnseen();
        this.standing.lookedAround();
        break;
      case 'looked_away':
        this.onLookedAway();
        break;
      case 'call_refused':
        this.onRefused(input);
        break;
      case 'merge_sent':
      case 'time_passed':
        break;
    }
    this.unshown.look(this.arrivals.hasWaitingOfWindows);
    this.standing.noteRegistration(this.registration);
    if (input.type !== 'looked_away') this.tellProblem('source' in input ? input.source : 'watchdog');
    return this.tracked.told;
  }

  /** Why the events of the latest input were told, and what is not told or not yet: for who traces it. */
  get conclusions(): readonly Conclusion[] {
    return this.tracked.conclusions;
  }

  get state(): PhoneState {
    return this.tracked.phoneState;
  }

  get presence(): Presence {
    return this.presenceLead.presence;
  }

  /** Why MicroSIP is not there. */
  get absence(): Trouble | undefined {
    return this.presenceLead.trouble;
  }

  /** Why MicroSIP is not there, or what is the matter with it. */
  get trouble(): Trouble | undefined {
    return this.standing.worst(this.presenceLead.trouble);
  }

  /** As far as it is known: how the switches, the audio and the voicemail are. */
  get standingNow(): Omit<StandingMemory, 'trouble'> {
    return this.tracked.online ? this.standing.current : {};
  }

  /** Undefined as long as nobody has seen it; true is MicroSIP's own default. */
  get singleMode(): boolean | undefined {
    return this.seenSingleMode;
  }

  get registration(): Registration | undefined {
    return this.tracked.registrationLead.current;
  }

  /** The open calls, the most urgent first, the newest of equally urgent ones first. */
  get calls(): Call[] {
    return byPriority(this.tracked.registry.open.map(({ call }) => ({ ...call })));
  }

  /** The open calls and those that ended lately, for sources that have to find out which call theirs is. */
  get knownCalls(): Call[] {
    const { open, recent } = this.tracked.registry;
    return [...open, ...recent].map(({ call }) => ({ ...call }));
  }

  /** The key by which a source knows an open call, and the other way round. */
  keyOf(callId: string, source: Source): string | undefined {
    return this.tracked.registry.withId(callId)?.keys.get(source);
  }

  callIdOf(source: Source, key: string): string | undefined {
    return this.tracked.registry.find({ source, key })?.call.callId;
  }

  /** @returns how many dials of the last `maxAge` ms have not been seen as calls yet */
  pendingDials(now: number, maxAge: number): number {
    return this.arrivals.intents.count(Math.max(now, this.tracked.now), maxAge);
  }

  /** Calls have been seen that are not told of yet. */
  get hasWaiting(): boolean {
    return this.arrivals.hasWaiting;
  }

  /** When `time_passed` should come at the latest, in ms since 1970; undefined while nothing depends on it. */
  get deadline(): number | undefined {
    const registration = this.tracked.registrationLead.deadline;
    const standing = this.standing.deadline;
    const times = [
      ...this.arrivals.deadlines,
      ...this.lives.deadlines,
      ...this.unshown.deadlines,
      ...(registration === undefined ? [] : [registration]),
      ...(standing === undefined ? [] : [standing]),
    ];
    return times.length > 0 ? Math.min(...times) : undefined;
  }

  memory(): TrackerMemory {
    const { registration } = this;
    return {
      calls: this.tracked.registry.open.map((tracked) => tracked.memory()),
      dials: this.arrivals.intents.all,
      retired: this.tracked.registry.latestRetired,
      online: this.tracked.online,
      finished: this.tracked.media.waiting,
      standing: this.standing.memory(),
      ...(registration && { registration }),
    };
  }

  private begin(at: number): void {
    this.tracked.begin(at);
    const registered = this.tracked.registrationLead.passTime(this.tracked.now);
    if (registered) {
      const { seen, silent, ms } = registered;
      this.tellRegistration(seen, true, { reason: 'others_silent', others: silent, ms });
    }
    this.arrivals.settleDue();
    this.lives.settle();
    this.unshown.settle();
    this.standing.passTime();
  }

  private tellProblem(source: Source): void {
    this.standing.tellProblem(source, this.presenceLead.trouble);
  }

  private onRegistration(seen: RegistrationObservation): void {
    this.tracked.live.heard(seen.source);
    const isNews = this.tracked.registrationLead.take(seen, this.tracked.now);
    if (isNews) this.tellRegistration(seen, false, { reason: 'seen' });
  }

  private tellRegistration({ registration, source }: RegistrationObservation, inferred: boolean, why: Grounds): void {
    this.tracked.emit({ event: 'registration', registration: { ...registration } }, { source, inferred, why });
  }

  /** It never rang, so only call logs are told of it. */
  private onRefused(seen: CallRefusedObservation): void {
    const { registry, now } = this.tracked;
    if (registry.isRetired(seen)) return;
    registry.retire(seen);
    const finished = refusedCall(seen, this.options.nextCallId(), this.options.e164);
    registry.remember({ call: finished.call, sources: new Set([seen.source]), endedAt: now });
    this.tracked.finish(finished);
  }

  private onPresence(seen: PresenceObservation): void {
    this.presenceLead.take(seen);
    const { online } = this.presenceLead;
    if (online === false) this.forgetAll();
    if (online === undefined || online === this.tracked.online) return;
    const { source } = seen;
    // With MicroSIP its troubles are over, unless one is why it is gone.
    if (!online) this.standing.tellProblem(source, undefined);
    this.tracked.online = online;
    this.tracked.emit({ event: online ? 'phone_online' : 'phone_offline' }, { source, why: { reason: 'seen' } });
    if (!online) return;
    this.standing.comeOnline();
    this.arrivals.settleDue();
  }

  private forgetAll(): void {
    this.lives.endAll(() => true, 'microsip_gone');
    this.arrivals.drop();
    if (this.presence === 'absent') this.standing.forget();
    if (!this.tracked.online) return;
    this.arrivals.intents.clear();
    this.tracked.registrationLead.forget();
  }

  private onLookedAway(): void {
    for (const tracked of this.tracked.registry.open) tracked.lookAway();
    this.arrivals.lookAway();
    this.presenceLead.forget();
    for (const finished of this.tracked.media.all()) this.tracked.finish(finished);
    this.standing.forget();
    this.tellProblem('watchdog');
    this.tracked.opening = true;
    if (!this.tracked.online) return;
    this.tracked.online = false;
    this.tracked.emit({ event: 'phone_offline' }, { source: 'watchdog', why: { reason: 'closed' } });
  }
}
