import { byPriority, stateOfPhone } from '../../phone/tracker/calls/call-priority';
import type { ToldSnapshot } from '../../messages/snapshot-json';
import type { Call, Confidence, PhoneState, Registration, Source } from '../../phone/calls/call';
import { movesTo, type CallMove, type CallSign } from '../../phone/calls/call-moves';
import { completed } from '../../phone/calls/call-outcome';
import {
  isCallEvent,
  isStandingEvent,
  type CallEvent,
  type FinishedCall,
  type PhoneEvent,
  type StandingEvent,
  type StandingSubject,
} from '../../phone/phone-event';
import { RecentIds } from './recent-ids';
import { ToldStanding } from './told-standing';
import { UnloggedCalls } from './unlogged-calls';

/** No honest phone has so many calls at once. */
const MOST_CALLS = 100;
const ENDED_KNOWN = 500;

/** What the event of a call shows of it. */
const SIGN_OF: Record<Exclude<CallEvent['event'], 'transferred' | 'incoming' | 'outgoing'>, CallSign> = {
  alerting: 'alerting',
  answered: 'connected',
  held: 'held',
  resumed: 'connected',
  ended: 'over',
};

interface Witness {
  source: Source;
  confidence: Confidence;
}

const CONCLUDED: Witness = { source: 'watchdog', confidence: 'inferred' };

/**
 * What has been told of one phone, and what is to be told next, so that the promises hold whatever was lost, doubled or late
 * on the way: each call begins once and ends once, in order, and times never run backwards. Pure: no clock, no I/O.
 */
export class ToldPhone {
  readonly unlogged = new UnloggedCalls();
  private readonly open = new Map<string, Call>();
  private readonly ended = new RecentIds(ENDED_KNOWN);
  /** Of calls that are open here. */
  private readonly finishedCalls = new Map<string, FinishedCall>();
  private readonly standing = new ToldStanding();
  private online = false;
  private registration: Registration | undefined;
  private state: PhoneState = 'offline';
  private time = 0;
  private told: PhoneEvent[] = [];

  get hasCalls(): boolean {
    return this.open.size > 0;
  }

  /** Of the latest event: ms since 1970. */
  get latest(): number {
    return this.time;
  }

  get isOnline(): boolean {
    return this.online;
  }

  /** How the phone stands by what was told. */
  get present(): Omit<ToldSnapshot, 'time'> {
    const { registration } = this;
    const state = this.online ? this.state : 'offline';
    const calls = byPriority([...this.open.values()]).map((call) => ({ ...call }));
    return { state, calls, ...(registration && { registration: { ...registration } }), ...this.standing.present };
  }

  /**
   * Something that the phone's agent tells of.
   * @returns itself, behind what must have happened before; nothing when it is late or was told before
   */
  event(event: PhoneEvent): PhoneEvent[] {
    return this.collect(() => {
      if (isCallEvent(event)) this.callEvent(event);
      else if (event.event === 'registration') {
        this.registration = event.registration;
        this.passOn(event, event.state);
      } else if (isStandingEvent(event)) this.standingEvent(event);
      else this.presenceEvent(event.event === 'phone_online', event);
    });
  }

  /** How the phone really stands, after something may have been missed. */
  resync(snapshot: ToldSnapshot): PhoneEvent[] {
    const { state, calls, registration, time } = snapshot;
    return this.collect(() => {
      const there = new Map(calls.map((call) => [call.callId, call]));
      const gone = [...this.open.keys()].filter((id) => !there.has(id));
      for (const id of gone) this.endUnseen(id, time);
      const news = this.standing.resync(snapshot, !this.online);
      if (state === 'offline') {
        this.goOffline(time);
        for (const subject of news) this.add(subject, time);
        return;
      }
      const isNews = registration && JSON.stringify(registration) !== JSON.stringify(this.registration);
      if (registration) this.registration = registration;
      if (!this.online) {
        this.online = true;
        this.add({ event: 'phone_online' }, time);
      }
      if (isNews) this.add({ event: 'registration', registration: { ...registration } }, time);
      for (const subject of news) this.add(subject, time);
      for (const call of [...calls].sort((a, b) => a.startTime - b.startTime)) this.catchUp(call, time);
    });
  }

  /** Nobody can see the phone any more. Its calls may go on. */
  lookAway(time: number): PhoneEvent[] {
    return this.collect(() => {
      this.goOffline(time);
    });
  }

  /** Nobody is ever going to tell how they end. */
  endAll(time: number): PhoneEvent[] {
    return this.collect(() => {
      for (const id of [...this.open.keys()]) this.endUnseen(id, time);
    });
  }

  /**
   * How a call ended, should its end itself be lost.
   * @returns whether it was not told before
   */
  noteFinished(finished: FinishedCall): boolean {
    const { callId } = finished.call;
    if (!this.unlogged.finished(finished)) return false;
    if (this.open.has(callId)) this.finishedCalls.set(callId, finished);
    return true;
  }

  private callEvent(event: CallEvent): void {
    const { call } = event;
    if (this.ended.has(call.callId)) return;
    const moves = this.movesOf(event);
    const last = moves.at(-1);
    const isMoved = last !== undefined && last.event === event.event;
    for (const move of isMoved ? moves.slice(0, -1) : moves) this.conclude(move, call, event.time);
    if (!this.open.has(call.callId) && event.event !== 'incoming' && event.event !== 'outgoing') return;
    if (!isMoved && event.event !== 'transferred') return;
    this.keep(call);
    this.passOn(event, event.state);
  }

  /** What leads there from where the call was told to stand. */
  private movesOf({ event, call }: CallEvent): CallMove[] {
    const begin = this.beginOf(call);
    const from = begin.at(-1)?.to ?? this.open.get(call.callId)?.callState ?? 'none';
    if (event === 'incoming' || event === 'outgoing') return begin.map((move) => ({ ...move, event }));
    const answered = call.answerTime === undefined ? [] : movesTo('connected', from === 'held' ? 'connected' : from);
    if (event === 'transferred') return [...begin, ...answered];
    const before = event === 'ended' ? answered : [];
    return [...begin, ...before, ...movesTo(SIGN_OF[event], before.at(-1)?.to ?? from)];
  }

  private beginOf({ callId, direction = 'outbound' }: Call): CallMove[] {
    return this.open.has(callId) || this.open.size >= MOST_CALLS ? [] : movesTo(direction, 'none');
  }

  private catchUp(call: Call, time: number): void {
    if (this.ended.has(call.callId)) return;
    const begin = this.beginOf(call);
    const from = begin.at(-1)?.to ?? this.open.get(call.callId)?.callState;
    if (from === undefined) return;
    const sign = call.callState === 'ended' ? 'over' : call.callState;
    for (const move of [...begin, ...movesTo(sign, from)]) this.conclude(move, call, time);
    if (this.open.get(call.callId)?.callState === call.callState) this.keep(call);
  }

  private conclude({ event, to }: CallMove, call: Call, time: number): void {
    const { answerTime, heldBy, endTime, endedBy, disposition, ...rest } = call;
    const isAnswered = to === 'connected' || to === 'held';
    const then: Call = {
      ...rest,
      callState: to,
      ...(isAnswered && answerTime !== undefined && { answerTime }),
      ...(to === 'held' && heldBy && { heldBy }),
      ...(to === 'ended' && {
        ...(answerTime !== undefined && { answerTime }),
        ...(endTime !== undefined && { endTime }),
        ...(endedBy && { endedBy }),
        ...(disposition && { disposition }),
      }),
    };
    this.keep(then);
    this.add({ event, call: then }, time);
  }

  private endUnseen(callId: string, time: number): void {
    const call = this.open.get(callId);
    if (!call) return;
    const finished = this.finishedCalls.get(callId);
    const over = finished?.call ?? completed(call, {}, Math.max(this.time, time));
    if (over.answerTime !== undefined && call.answerTime === undefined)
      for (const move of movesTo('connected', call.callState)) this.conclude(move, over, time);
    this.keep(over);
    this.add({ event: 'ended', call: { ...over } }, time, finished ?? CONCLUDED);
  }

  private keep(call: Call): void {
    if (call.callState === 'ended') {
      this.open.delete(call.callId);
      this.finishedCalls.delete(call.callId);
      this.ended.add(call.callId);
    } else this.open.set(call.callId, call);
  }

  /** What is told of a MicroSIP that is not there is late; what keeps it from being there is not. */
  private standingEvent(event: StandingEvent): void {
    if (!this.online && event.event !== 'problem') return;
    if (!this.standing.take(event)) return;
    const state = this.online ? this.state : 'offline';
    this.passOn({ ...event, state }, state);
  }

  private presenceEvent(online: boolean, event: PhoneEvent): void {
    if (online === this.online) return;
    this.online = online;
    if (!online) this.standing.forget();
    this.passOn(event, event.state);
  }

  private goOffline(time: number): void {
    if (!this.online) return;
    this.online = false;
    this.standing.forget();
    this.add({ event: 'phone_offline' }, time);
  }

  private add(
    subject:
      | { event: CallEvent['event']; call: Call }
      | { event: 'registration'; registration: Registration }
      | { event: 'phone_online' | 'phone_offline' }
      | StandingSubject,
    time: number,
    { source, confidence }: Witness = CONCLUDED,
  ): void {
    const state = this.online ? stateOfPhone([...this.open.values()]) : 'offline';
    const { registration } = this;
    const circumstances = {
      time,
      state,
      previousState: this.state,
      source,
      confidence,
      ...(registration && { registration: { ...registration } }),
    };
    this.passOn({ ...circumstances, ...subject }, state);
  }

  private passOn(event: PhoneEvent, state: PhoneState): void {
    this.time = Math.max(this.time, event.time);
    this.told.push({ ...event, time: this.time, previousState: this.state });
    if (isCallEvent(event)) this.unlogged.ended(event);
    this.state = state;
  }

  private collect(tell: () => void): PhoneEvent[] {
    this.told = [];
    tell();
    return this.told;
  }
}
