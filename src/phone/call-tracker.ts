import type { Call, PhoneState, Registration, Source } from './call';
import { disposition, hangupCause } from './call-outcome';
import { DialIntents } from './dial-intents';
import {
  isOnline,
  type CallEndedObservation,
  type CallObservation,
  type CallTransferredObservation,
  type Observation,
  type OwnAct,
  type Presence,
  type PresenceObservation,
  type RegistrationObservation,
} from './observation';
import type { EventName, PhoneEvent } from './phone-event';
import { steps } from './call-steps';

const URGENCY: readonly PhoneState[] = ['ringing', 'connected', 'held', 'alerting', 'dialing'];
/** A call that ends this soon (ms) after our own command was ended by it. */
const OWN_HANGUP = 15_000;
const REMEMBERED_ENDS = 200;

interface TrackedCall {
  key: string;
  source: Source;
  call: Call;
  hangupSent?: number;
  /** Known from before the phone was opened and not seen since. */
  unseen?: boolean;
}

/** What outlives a phone that is closed and opened again while MicroSIP goes on. */
export interface TrackerMemory {
  calls: readonly { key: string; source: Source; call: Call }[];
  online: boolean;
  registration?: Registration;
}

/**
 * Turns what the observers see into the life of each call. Pure: the same inputs give the same events.
 *
 * Promises, whatever the observers report: each call has exactly one `incoming` or `outgoing` and exactly one `ended`,
 * in this order and with one `callId`; `answered` comes before `held` and `resumed`; no event comes twice; times never
 * run backwards; when MicroSIP goes, open calls end with `source: 'watchdog'`.
 */
export class CallTracker {
  private readonly tracked = new Map<string, TrackedCall>();
  private readonly endedKeys: string[] = [];
  private readonly intents = new DialIntents();
  private now = 0;
  private currentPresence: Presence = 'absent';
  private singleCallMode = true;
  private online: boolean;
  private currentRegistration: Registration | undefined;
  private events: PhoneEvent[] = [];
  private stateBefore: PhoneState = 'offline';

  /** @param nextCallId gives a new id at each call */
  constructor(
    private readonly nextCallId: () => string,
    memory?: TrackerMemory,
  ) {
    for (const { key, source, call } of memory?.calls ?? []) {
      this.tracked.set(key, { key, source, call: { ...call }, unseen: true });
    }
    this.online = memory?.online ?? false;
    this.currentRegistration = memory?.registration;
  }

  /** Takes one input and gives the events that follow from it, in order. */
  observe(input: Observation | OwnAct): PhoneEvent[] {
    this.now = Math.max(this.now, input.time);
    this.events = [];
    this.stateBefore = this.state;
    switch (input.type) {
      case 'presence':
        this.onPresence(input);
        break;
      case 'registration':
        this.onRegistration(input);
        break;
      case 'call':
        this.onCall(input);
        break;
      case 'call_ended':
        this.onCallEnded(input);
        break;
      case 'dial_sent':
        this.intents.add({ callId: input.callId, number: input.number, time: this.now });
        break;
      case 'hangup_sent':
        this.onHangupSent(input.callId);
        break;
      case 'call_transferred':
        this.onTransferred(input);
        break;
      case 'call_mode':
        this.singleCallMode = input.singleMode;
        break;
      case 'looked_around':
        this.endAll((tracked) => tracked.unseen === true);
        break;
      case 'looked_away':
        this.onLookedAway();
        break;
    }
    return this.events;
  }

  get state(): PhoneState {
    if (!this.online) return 'offline';
    const states = new Set<string>([...this.tracked.values()].map(({ call }) => call.callState));
    return URGENCY.find((state) => states.has(state)) ?? 'idle';
  }

  get presence(): Presence {
    return this.currentPresence;
  }

  /** MicroSIP's own default until something else is seen. */
  get singleMode(): boolean {
    return this.singleCallMode;
  }

  get registration(): Registration | undefined {
    return this.currentRegistration && { ...this.currentRegistration };
  }

  /** The open calls, the most urgent first, the newest of equally urgent ones first. */
  get calls(): Call[] {
    const rank = (call: Call): number => URGENCY.indexOf(call.callState as PhoneState);
    return [...this.tracked.values()]
      .map(({ call }) => ({ ...call }))
      .reverse()
      .sort((a, b) => rank(a) - rank(b));
  }

  /** The key by which its source knows an open call. */
  keyOf(callId: string): string | undefined {
    return [...this.tracked.values()].find(({ call }) => call.callId === callId)?.key;
  }

  /** The id of an open call that its source knows by this key. */
  callIdOf(key: string): string | undefined {
    return this.tracked.get(key)?.call.callId;
  }

  /** Dials of the last `maxAge` ms whose calls have not been seen yet. */
  pendingDials(now: number, maxAge: number): number {
    return this.intents.count(Math.max(now, this.now), maxAge);
  }

  memory(): TrackerMemory {
    const calls = [...this.tracked.values()].map(({ key, source, call }) => ({ key, source, call: { ...call } }));
    return {
      calls,
      online: this.online,
      ...(this.currentRegistration && { registration: { ...this.currentRegistration } }),
    };
  }

  private onPresence(seen: PresenceObservation): void {
    this.currentPresence = seen.presence;
    const online = isOnline(seen.presence);
    if (online === this.online) {
      if (!online) this.endAll(() => true);
      return;
    }
    if (!online) {
      this.endAll(() => true);
      this.intents.clear();
      this.currentRegistration = undefined;
    }
    this.online = online;
    this.emit(online ? 'phone_online' : 'phone_offline', seen.source, undefined, false);
  }

  private onRegistration({ registration, source }: RegistrationObservation): void {
    const before = this.currentRegistration;
    this.currentRegistration = { ...registration };
    if (before?.state === registration.state && before.sipStatus === registration.sipStatus) return;
    this.emit('registration', source, undefined, false);
  }

  private onCall(seen: CallObservation): void {
    if (this.endedKeys.includes(seen.key)) return;
    const tracked = this.tracked.get(seen.key) ?? this.begin(seen);
    delete tracked.unseen;
    const { call } = tracked;
    for (const [name, value] of Object.entries(seen.facts) as [string, string | undefined][]) {
      if (value !== undefined && value !== '') Object.assign(call, { [name]: value });
    }
    if (seen.direction && !call.direction) call.direction = seen.direction;
    for (const step of steps(call, seen)) {
      call.callState = step.state;
      if (step.event === 'answered') call.answerTime = this.now;
      if (step.state === 'held') call.heldBy = seen.heldBy ?? 'local';
      else delete call.heldBy;
      this.emit(step.event, seen.source, call, step.inferred || seen.inferred === true);
    }
    if (call.callState === 'held' && seen.state === 'held' && seen.heldBy) call.heldBy = seen.heldBy;
  }

  private begin(seen: CallObservation): TrackedCall {
    const intent = seen.direction === 'inbound' ? undefined : this.intents.take(seen.facts.number, this.now);
    const direction = seen.direction ?? (intent ? 'outbound' : undefined);
    const call: Call = {
      callId: intent?.callId ?? this.nextCallId(),
      ...(direction && { direction }),
      callState: direction === 'inbound' ? 'ringing' : 'dialing',
      startTime: this.now,
      ...(intent && { number: intent.number }),
      ...seen.facts,
    };
    const tracked: TrackedCall = { key: seen.key, source: seen.source, call };
    this.tracked.set(seen.key, tracked);
    // MicroSIP does not show which way an already connected call was dialled; a call has to begin all the same.
    const inferred = seen.inferred === true || !['ringing', 'dialing', 'alerting'].includes(seen.state);
    this.emit(direction === 'inbound' ? 'incoming' : 'outgoing', seen.source, call, inferred);
    return tracked;
  }

  private onCallEnded(seen: CallEndedObservation): void {
    const tracked = this.tracked.get(seen.key);
    if (tracked) this.end(tracked, seen, seen.source, seen.inferred === true);
  }

  private onTransferred({ key, source, target }: CallTransferredObservation): void {
    const tracked = this.tracked.get(key);
    if (!tracked || tracked.call.transferredTo !== undefined) return;
    tracked.call.transferredTo = target;
    this.emit('transferred', source, tracked.call, false);
  }

  private onLookedAway(): void {
    for (const tracked of this.tracked.values()) tracked.unseen = true;
    this.currentPresence = 'absent';
    if (!this.online) return;
    this.online = false;
    this.emit('phone_offline', 'watchdog', undefined, false);
  }

  private onHangupSent(callId: string): void {
    for (const tracked of this.tracked.values()) {
      if (tracked.call.callId === callId) tracked.hangupSent = this.now;
    }
  }

  private endAll(which: (tracked: TrackedCall) => boolean): void {
    for (const tracked of [...this.tracked.values()]) {
      if (which(tracked)) this.end(tracked, { ending: {} }, 'watchdog', true);
    }
  }

  private end(
    tracked: TrackedCall,
    { ending: seen }: Pick<CallEndedObservation, 'ending'>,
    source: Source,
    inferred: boolean,
  ): void {
    const { call, key, hangupSent } = tracked;
    const byUs = source !== 'watchdog' && hangupSent !== undefined && this.now - hangupSent <= OWN_HANGUP;
    const endedBy = seen.endedBy ?? (byUs ? 'local' : 'unknown');
    const ending = { ...seen, endedBy };
    const cause = hangupCause(ending.sipStatus, ending.q850Cause);
    Object.assign(call, {
      callState: 'ended',
      endTime: this.now,
      endedBy,
      disposition: disposition(call, ending),
      ...(ending.sipStatus !== undefined && { sipStatus: ending.sipStatus }),
      ...(ending.sipReason !== undefined && { sipReason: ending.sipReason }),
      ...(cause && { hangupCause: cause.name, hangupCauseCode: cause.code }),
    });
    delete call.heldBy;
    this.tracked.delete(key);
    this.endedKeys.push(key);
    if (this.endedKeys.length > REMEMBERED_ENDS) this.endedKeys.shift();
    this.emit('ended', source, call, inferred);
  }

  private emit(event: EventName, source: Source, call: Call | undefined, inferred: boolean): void {
    const state = this.state;
    this.events.push({
      event,
      time: this.now,
      state,
      previousState: this.stateBefore,
      source,
      confidence: inferred ? 'inferred' : 'exact',
      ...(call && { call: { ...call } }),
      ...(this.currentRegistration && { registration: { ...this.currentRegistration } }),
    });
    this.stateBefore = state;
  }
}
