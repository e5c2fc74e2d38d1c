import type { Clock } from '../../clock';
import { fleetCallJson } from '../../fleet/protocol/fleet-call';
import { fleetEventJson } from '../../fleet/protocol/fleet-event';
import { fleetInfoJson, type FleetInfo } from '../../fleet/protocol/fleet-info';
import { fleetStateJson } from '../../fleet/protocol/fleet-state';
import type { PhoneTopics } from '../../fleet/protocol/topics';
import type { Phone } from '../../phone/phone';
import type { FinishedCall, PhoneEvent } from '../../phone/phone-event';
import type { AgentLog } from '../log/agent-log';
import type { MissedToday } from './missed-today';
import { Outflow, type OutgoingMessage } from './outflow';

export interface PhoneTellerOptions {
  phone: Phone;
  /** What messages call it. */
  name: string;
  topics: PhoneTopics;
  session: string;
  mask: boolean;
  keepLastCall: boolean;
  missed: MissedToday;
  /** As it is now. */
  info: () => FleetInfo;
  clock: Clock;
  log: AgentLog;
}

/** Tells the broker what a phone tells: each event once and in order, and behind it how the phone then stands. */
export class PhoneTeller {
  readonly outflow: Outflow;
  private seq = 0;
  /** What the broker has as the state of this phone, but for its time. */
  private toldState: string | undefined;
  private toldInfo: string | undefined;
  private lastCall: { message: OutgoingMessage; time: number } | undefined;

  constructor(private readonly options: PhoneTellerOptions) {
    const { phone, clock, log } = options;
    this.outflow = new Outflow({ clock, log, state: () => this.changedState() });
    phone.on('event', (event) => {
      this.tellEvent(event);
    });
    phone.on('finished', (finished) => {
      this.tellFinished(finished);
    });
    phone.on('change', () => {
      this.noteChange();
    });
  }

  /** The state, or what it says besides the phone's own, may have changed. */
  noteChange(): void {
    this.outflow.stateChanged();
  }

  /** All that is retained, for a new connection. Who believes a state only together with `online` gets it last. */
  retained(): OutgoingMessage[] {
    return [
      this.info(),
      this.state(),
      ...this.lastCallMessages(),
      retained(this.options.topics.availability, 'online'),
    ];
  }

  /** As the command `snapshot` wants it. */
  republish(): void {
    this.online();
    this.outflow.publish(this.state());
    this.outflow.publish(this.info());
  }

  online(): void {
    this.outflow.publish(retained(this.options.topics.availability, 'online'));
  }

  private tellEvent(event: PhoneEvent): void {
    const { topics, name, session, mask } = this.options;
    this.seq += 1;
    const json = fleetEventJson({ phone: name, event, seq: this.seq, session }, mask);
    this.outflow.events.add({ topic: topics.event, payload: JSON.stringify(json), retain: false });
    this.outflow.stateChanged();
  }

  private tellFinished(finished: FinishedCall): void {
    const { topics, name, mask, missed, keepLastCall } = this.options;
    const payload = JSON.stringify(fleetCallJson({ phone: name, finished }, mask));
    this.outflow.calls.add({ topic: topics.call, payload, retain: false });
    missed.note(finished);
    const time = finished.call.endTime ?? finished.call.startTime;
    if (keepLastCall && time >= (this.lastCall?.time ?? 0)) {
      this.lastCall = { message: retained(topics.lastCall, payload), time };
      this.outflow.publish(this.lastCall.message);
    }
    this.outflow.stateChanged();
  }

  private lastCallMessages(): OutgoingMessage[] {
    // One that was kept before somebody switched this off goes, too.
    if (!this.options.keepLastCall) return [retained(this.options.topics.lastCall, '')];
    return this.lastCall ? [this.lastCall.message] : [];
  }

  private changedState(): OutgoingMessage | undefined {
    const info = this.info();
    if (info.payload !== this.toldInfo) this.outflow.publish(info);
    const told = this.toldState;
    const state = this.state();
    return this.toldState === told ? undefined : state;
  }

  private state(): OutgoingMessage {
    const { phone, name, topics, session, mask, missed } = this.options;
    const snapshot = phone.snapshot();
    const json = fleetStateJson({ phone: name, snapshot, seq: this.seq, session, missedToday: missed.count }, mask);
    const { time, ...rest } = json;
    this.toldState = JSON.stringify(rest);
    return retained(topics.state, JSON.stringify({ ...rest, time }));
  }

  private info(): OutgoingMessage {
    this.toldInfo = JSON.stringify(fleetInfoJson(this.options.info()));
    return retained(this.options.topics.info, this.toldInfo);
  }
}

export function retained(topic: string, payload: string): OutgoingMessage {
  return { topic, payload, retain: true };
}
