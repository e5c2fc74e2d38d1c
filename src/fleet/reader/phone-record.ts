import type { Clock } from '../../clock';
import type { Call } from '../../phone/calls/call';
import type { FinishedCall, PhoneEvent } from '../../phone/phone-event';
import type { Availability } from '../protocol/availability';
import type { FleetEvent } from '../protocol/fleet-event';
import type { FleetInfo } from '../protocol/fleet-info';
import type { FleetState } from '../protocol/fleet-state';
import type { Position } from '../protocol/position';
import type { ToldSnapshot } from '../../messages/snapshot-json';
import { ClockDifference } from './clock-difference';
import type { FleetPhone } from './fleet-phone';
import { LateCallLog } from './late-call-log';
import { SessionOrder } from './session-order';
import { ToldPhone } from './told-phone';

/** ms in which events that a state already knows of may still come */
const LATE_EVENTS = 500;
/** The same, behind a state that the broker had kept: an agent tries each second what nobody listened to. */
const HELD_EVENTS = 1500;
/** ms in which an agent that came back tells how things stand now */
const LATE_STATE = 500;
/**
 * ms after which the calls of an agent that is away are given up. MicroSIP's calls go on without it, and when it comes back it
 * tells how they ended; but a PC that was switched off never does, and no flow must wait for ever.
 */
const AGENT_AWAY = 60_000;
/** ms in which an agent tells the call log of a call whose end was told */
const LATE_CALL = 5000;
/** ms; what is older when it comes has waited at the broker, which may have dropped what came behind it */
const BEHIND = 3000;

/** What a record needs of the table that it is in. */
export interface RecordHost {
  readonly clock: Clock;
  readonly connected: boolean;
  event(id: string, event: PhoneEvent): void;
  finished(id: string, finished: FinishedCall): void;
  change(id: string): void;
  /** Its agent has gone: nobody answers any more. */
  agentGone(id: string): void;
  dropped(why: 'repeated' | 'stale'): void;
}

/** What is known of one phone of a fleet. All that it is given has been read and is of the right form. */
export class PhoneRecord {
  readonly difference = new ClockDifference();
  private readonly order = new SessionOrder();
  private readonly lateCalls: LateCallLog;
  private availability: Availability | undefined;
  private state: FleetState | undefined;
  private info: FleetInfo | undefined;
  /** It is the broker that told the state. */
  private isKept = false;
  /** The state was told since the agent came. */
  private isFresh = false;
  /** Whether something came that was old, and whether the agent has been asked because of it. */
  private behind: 'no' | 'found' | 'asked' = 'no';
  /** What was told to listeners may differ from how things stand. */
  private mustSync = true;
  private syncedSession: string | undefined;
  private lastCall: Call | undefined;
  private stands = '';
  private since: number | undefined;
  private lastSeen: number | undefined;
  private cancelLate: (() => void) | undefined;
  private cancelState: (() => void) | undefined;
  private cancelAway: (() => void) | undefined;

  constructor(
    readonly id: string,
    private readonly host: RecordHost,
    /** What listeners know. */
    readonly told = new ToldPhone(),
  ) {
    this.lateCalls = new LateCallLog(host.clock, LATE_CALL, this.told.unlogged, (finished) => {
      host.finished(id, finished);
    });
    if (host.connected) this.lateCalls.wait();
  }

  get online(): boolean {
    return this.host.connected && this.availability === 'online';
  }

  get session(): string | undefined {
    return this.order.session;
  }

  get groups(): readonly string[] {
    return this.info?.groups ?? [];
  }

  /** Something that every phone has is not known of this one, or may be another by now. */
  get misses(): boolean {
    if (this.availability === 'offline') return false;
    return this.availability === undefined || !this.state || !this.isFresh || !this.info || this.behind !== 'no';
  }

  /** Nobody has to be waited for any more to know how it stands. */
  get isKnown(): boolean {
    return this.availability === 'offline' || (this.online && this.isFresh);
  }

  get isEmpty(): boolean {
    return this.availability === undefined && !this.state && !this.info;
  }

  /** How it stands by what was told; undefined as long as that is nothing. */
  get toldSnapshot(): ToldSnapshot | undefined {
    return this.syncedSession === undefined ? undefined : this.toldNow;
  }

  /** ms since 1970 by the agent's clock */
  get agentTime(): number {
    return this.host.clock.wall() + this.difference.ms;
  }

  view(): FleetPhone {
    const { id, online, state, info, since, lastSeen } = this;
    const { session, seq } = this.order;
    const believed = online && this.isFresh ? state : undefined;
    const toldOnline = online && this.told.isOnline ? this.toldNow : undefined;
    const snapshot = believed ? this.present(believed) : toldOnline;
    return {
      id,
      ...(state && { name: state.phone }),
      online,
      ...(snapshot && { snapshot }),
      ...(believed?.missedToday !== undefined && { missedToday: believed.missedToday }),
      ...(this.lastCall?.quality && { lastQuality: this.lastCall.quality }),
      ...(session !== undefined && { session, seq }),
      ...(info && { info }),
      ...(since !== undefined && { since }),
      ...(lastSeen !== undefined && { lastSeen }),
    };
  }

  setAvailability(availability: Availability | undefined, retained: boolean): void {
    if (availability !== 'offline') this.heard(retained);
    if (availability === this.availability) return;
    this.availability = availability;
    if (availability === 'online') {
      this.cancelAway?.();
      this.lateCalls.wait();
      if (this.isFresh) this.catchUp();
      else if (this.state)
        this.cancelState ??= this.after(LATE_STATE, () => {
          this.isFresh = true;
          this.catchUp();
          this.changed();
        });
    } else {
      this.lookAway();
      this.waitForAgent();
      this.host.agentGone(this.id);
    }
    this.changed();
  }

  setState(state: FleetState | undefined, retained: boolean): void {
    if (!state) {
      this.state = undefined;
      this.isFresh = false;
      this.changed();
      return;
    }
    const { session, snapshot } = state;
    if (!this.enter(session, snapshot.time, true)) return;
    this.heard(retained);
    if (this.order.believe(state.seq)) this.mustSync = true;
    // While nothing is known of the agent's clock it may be that which is behind: asking once too often does no harm.
    if (!retained) this.noteAge(snapshot.time);
    this.difference.heard(snapshot.time, this.host.clock.wall(), retained);
    this.state = state;
    this.isKept = retained;
    this.isFresh = true;
    this.cancelState?.();
    this.cancelState = undefined;
    this.catchUp();
    this.changed();
  }

  setInfo(info: FleetInfo | undefined, retained: boolean): void {
    if (info && !this.enter(info.session, undefined, true)) return;
    if (info) this.heard(retained);
    this.info = info;
    this.changed();
  }

  addEvent({ event, session, seq }: FleetEvent): void {
    if (!this.place({ session, seq }, event.time)) return;
    this.heard(false);
    this.noteAge(event.time);
    // MicroSIP has gone, and its calls with it.
    if (event.event === 'phone_offline') this.tell(this.told.endAll(event.time));
    this.tell(this.told.event(event));
    if (this.cancelLate) this.catchUp();
    if (!this.online) this.waitForAgent();
    this.changed();
  }

  /** An event of a kind that is not known here: it is not missing. */
  addUnknown(position: Position): void {
    if (this.place(position)) this.heard(false);
  }

  addFinished(finished: FinishedCall): void {
    if (!this.told.noteFinished(finished)) {
      this.host.dropped('repeated');
      return;
    }
    this.heard(false);
    this.lateCalls.wait();
    if (endOf(finished.call) >= endOf(this.lastCall)) this.lastCall = finished.call;
    this.host.finished(this.id, finished);
  }

  /** The broker was lost, or is there again and has to tell everything anew. */
  connectionChanged(): void {
    this.cancelAll();
    this.availability = undefined;
    this.isFresh = false;
    this.lookAway();
    if (this.host.connected) this.lateCalls.wait();
    this.changed();
  }

  /** Its agent has been asked to tell everything once more. */
  noteAsked(): void {
    if (this.behind === 'found') this.behind = 'asked';
  }

  /** The broker had time to say that the agent is there. */
  brokerHasTold(): void {
    if (this.availability === undefined) this.waitForAgent();
  }

  /** It was taken out of the fleet. */
  remove(): void {
    this.cancelAll();
    this.tell(this.told.endAll(this.agentTime));
    this.tell(this.told.lookAway(this.agentTime));
    this.lateCalls.conclude();
  }

  cancelAll(): void {
    this.lateCalls.stop();
    this.cancelLate?.();
    this.cancelState?.();
    this.cancelAway?.();
    this.cancelLate = this.cancelState = this.cancelAway = undefined;
  }

  private enter(session: string, time: number | undefined, isState: boolean): boolean {
    switch (this.order.enter(session, time, isState)) {
      case 'stale':
        this.host.dropped('stale');
        return false;
      case 'new':
        this.mustSync = true;
        this.isFresh = false;
        this.cancelLate?.();
        this.cancelLate = undefined;
        this.difference.forget();
        return true;
      case 'present':
        return true;
    }
  }

  private place(position: Position, time?: number): boolean {
    if (!this.enter(position.session, time, false)) return false;
    switch (this.order.next(position)) {
      case 'repeated':
        this.host.dropped('repeated');
        return false;
      case 'gap':
        this.mustSync = true;
        return true;
      case 'next':
        return true;
    }
  }

  /** Tells what the state shows, unless the events that lead there are still to come. */
  private catchUp(): void {
    const { state, order } = this;
    if (!state || !this.online || !this.isFresh) return;
    if (state.seq > order.seq && this.syncedSession === order.session) this.waitForEvents();
    else if (this.mustSync) this.sync();
  }

  private sync(): void {
    const { state } = this;
    if (!state || !this.online || !this.isFresh || state.session !== this.order.session) return;
    if (state.seq < this.order.seq) return;
    this.cancelLate?.();
    this.cancelLate = undefined;
    this.order.seq = state.seq;
    this.mustSync = false;
    this.syncedSession = state.session;
    this.tell(this.told.resync(state.snapshot));
  }

  /** The state tells of events that have not come: they may be on their way. */
  private waitForEvents(): void {
    this.cancelLate?.();
    this.cancelLate = this.after(this.isKept ? HELD_EVENTS : LATE_EVENTS, () => {
      this.cancelLate = undefined;
      this.sync();
      this.changed();
    });
  }

  private waitForAgent(): void {
    this.cancelAway?.();
    if (!this.told.hasCalls) return;
    this.cancelAway = this.after(AGENT_AWAY, () => {
      this.tell(this.told.endAll(this.agentTime));
    });
  }

  /** The state as it is after the events that have come since. */
  private present({ seq, snapshot }: FleetState): ToldSnapshot {
    if (seq >= this.order.seq) return snapshot;
    const { time, registration } = snapshot;
    return { time, ...(registration && { registration }), ...this.told.present };
  }

  private get toldNow(): ToldSnapshot {
    const { told, state } = this;
    return { time: Math.max(told.latest, state?.snapshot.time ?? 0), ...told.present };
  }

  private lookAway(): void {
    this.isFresh = false;
    this.mustSync = true;
    this.tell(this.told.lookAway(this.agentTime));
  }

  private noteAge(time: number): void {
    const isOld = this.agentTime - time > BEHIND;
    if (isOld && this.behind === 'no') this.behind = 'found';
    if (!isOld && this.behind === 'asked') this.behind = 'no';
  }

  private heard(retained: boolean): void {
    if (!retained) this.lastSeen = this.host.clock.wall();
  }

  private changed(): void {
    const { state, online, isFresh } = this;
    const believed = online && isFresh ? state?.snapshot : undefined;
    const stands = believed?.state ?? (online ? 'online' : 'away');
    if (stands !== this.stands) {
      const now = this.host.clock.wall();
      this.stands = stands;
      this.since = believed ? Math.min(now, believed.time - this.difference.ms) : now;
    }
    this.host.change(this.id);
  }

  private tell(events: readonly PhoneEvent[]): void {
    for (const event of events) this.host.event(this.id, event);
    this.lateCalls.told(events);
  }

  private after(ms: number, run: () => void): () => void {
    return this.host.clock.after(ms, run, { idle: true });
  }
}

function endOf(call: Call | undefined): number {
  return call?.endTime ?? call?.startTime ?? 0;
}
