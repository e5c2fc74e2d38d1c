import { eventJson } from '../../src/messages/event-json';
import { finishedJson } from '../../src/messages/finished-json';
import { snapshotJson, type ToldSnapshot } from '../../src/messages/snapshot-json';
import type { Call } from '../../src/phone/calls/call';
import { stateOfPhone } from '../../src/phone/tracker/calls/call-priority';
import type { CallEventName, PhoneEvent } from '../../src/phone/phone-event';
import type { MemoryBroker } from './memory-broker';

/** An agent that a test plays by hand, word by word. */
export class HandAgent {
  session = 's1';
  seq = 0;
  /** ms since 1970 by its clock */
  time = Date.UTC(2026, 10, 22, 12);
  calls: Call[] = [];
  running = true;
  /** Do not disturb. */
  dnd = false;

  constructor(
    private readonly broker: MemoryBroker,
    readonly id = 'desk-1',
  ) {}

  topic(kind: string): string {
    return `microsip/${this.id}/${kind}`;
  }

  /** As an agent does after each connect. */
  connect(): void {
    this.broker.tell(this.topic('availability'), 'online', true);
    this.tellInfo();
    this.tellState();
  }

  /** Its last will. */
  die(): void {
    this.broker.tell(this.topic('availability'), 'offline', true);
  }

  /** Another one takes its place. */
  restart(session: string): void {
    this.session = session;
    this.seq = 0;
  }

  tellInfo(groups: string[] = []): void {
    const info = { agent: '0.2.0', session: this.session, groups, commands: ['dial', 'hangup'] };
    this.broker.tell(this.topic('info'), info, true);
  }

  get snapshot(): ToldSnapshot {
    const { time, calls, running, dnd } = this;
    if (!running) return { time, state: 'offline', calls };
    return { time, state: stateOfPhone(calls), calls, features: { dnd } };
  }

  stateJson(): object {
    const { seq, session, snapshot } = this;
    return { ...snapshotJson({ phone: 'Desk 1', snapshot }), seq, session, missedToday: 0 };
  }

  tellState(): void {
    this.broker.tell(this.topic('state'), this.stateJson(), true);
  }

  /** Takes the next number; who loses the event does not publish it. */
  event(event: CallEventName, call: Call): object {
    this.seq += 1;
    this.time += 1000;
    this.calls = [
      ...this.calls.filter(({ callId }) => callId !== call.callId),
      ...(call.callState === 'ended' ? [] : [call]),
    ];
    const told: PhoneEvent = {
      event,
      call,
      time: this.time,
      state: stateOfPhone(this.calls),
      previousState: 'idle',
      source: 'log',
      confidence: 'exact',
    };
    return { ...eventJson({ phone: 'Desk 1', event: told }), seq: this.seq, session: this.session };
  }

  /** MicroSIP comes or goes. */
  presence(running: boolean): object {
    this.seq += 1;
    this.time += 1000;
    this.running = running;
    const event: PhoneEvent = {
      event: running ? 'phone_online' : 'phone_offline',
      time: this.time,
      state: running ? 'idle' : 'offline',
      previousState: 'idle',
      source: 'window',
      confidence: 'exact',
    };
    return { ...eventJson({ phone: 'Desk 1', event }), seq: this.seq, session: this.session };
  }

  /** Somebody presses the button. */
  press(): object {
    this.seq += 1;
    this.time += 1000;
    this.dnd = !this.dnd;
    const { time, calls, dnd, seq, session } = this;
    const event: PhoneEvent = {
      ...{ event: 'features', features: { dnd }, time, state: stateOfPhone(calls), previousState: 'idle' },
      ...{ source: 'window', confidence: 'exact' },
    };
    return { ...eventJson({ phone: 'Desk 1', event }), seq, session };
  }

  tellEvent(event: object): void {
    this.broker.tell(this.topic('event'), event);
  }

  tellFinished(call: Call): void {
    const finished = { call, replayed: false, source: 'log' as const, confidence: 'exact' as const };
    this.broker.tell(this.topic('call'), finishedJson({ phone: 'Desk 1', finished }));
  }

  answer(from: string, id: string, response: object = { ok: true, verified: true }): void {
    this.broker.tell(this.topic(`response/${from}/${id}`), { id, ...response });
  }
}

const START = Date.UTC(2026, 10, 22, 12);

/** The calls of a test, as they stand at each of their events. */
export const ringing = (callId: string): Call => ({
  callId,
  direction: 'inbound',
  callState: 'ringing',
  startTime: START,
  number: '1001',
});
export const answered = (callId: string): Call => ({
  ...ringing(callId),
  callState: 'connected',
  answerTime: START + 1000,
});
export const ended = (callId: string): Call => ({
  ...answered(callId),
  callState: 'ended',
  endTime: START + 60_000,
  endedBy: 'remote',
  disposition: 'answered',
});
export const missed = (callId: string): Call => ({
  ...ringing(callId),
  callState: 'ended',
  endTime: START + 30_000,
  endedBy: 'remote',
  disposition: 'missed',
});
