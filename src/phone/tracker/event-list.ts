import type { Call, PhoneState, Registration, Source } from '../calls/call';
import type { EventName, PhoneEvent } from '../phone-event';

/** What an event is made of. */
export interface Happening {
  event: EventName;
  source: Source;
  inferred: boolean;
  call?: Call | undefined;
  registration: Registration | undefined;
  /** Of the phone, after the event. */
  state: PhoneState;
  /** ms since 1970, as the source says */
  seenAt: number;
}

/** The events that follow from one input. Their times never run backwards and are never in the future. */
export class EventList {
  private time = 0;
  private stateBefore: PhoneState = 'offline';
  private list: PhoneEvent[] = [];

  begin(state: PhoneState): void {
    this.list = [];
    this.stateBefore = state;
  }

  get all(): PhoneEvent[] {
    return this.list;
  }

  add({ event, source, inferred, call, registration, state, seenAt }: Happening, now: number): void {
    this.time = Math.max(this.time, Math.min(seenAt, now));
    this.list.push({
      event,
      time: this.time,
      state,
      previousState: this.stateBefore,
      source,
      confidence: inferred ? 'inferred' : 'exact',
      ...(call && { call: { ...call } }),
      ...(registration && { registration }),
    });
    this.stateBefore = state;
  }
}
