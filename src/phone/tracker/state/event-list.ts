import type { Call, PhoneState, Registration, Source } from '../../calls/call';
import type { CallEventName, EventCircumstances, PhoneEvent } from '../../phone-event';

/** What has happened, to a call or to the phone. */
export type Happening =
  | { event: CallEventName; call: Call }
  | { event: 'registration'; registration: Registration }
  | { event: 'phone_online' | 'phone_offline' };

/** How it became known, and how things stand after it. */
export interface Knowledge {
  source: Source;
  inferred: boolean;
  registration: Registration | undefined;
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

  add(happening: Happening, { source, inferred, registration, state, seenAt }: Knowledge, now: number): void {
    this.time = Math.max(this.time, Math.min(seenAt, now));
    const circumstances: EventCircumstances = {
      time: this.time,
      state,
      previousState: this.stateBefore,
      source,
      confidence: inferred ? 'inferred' : 'exact',
      ...(registration && { registration }),
    };
    this.list.push(
      'call' in happening
        ? { ...circumstances, ...happening, call: { ...happening.call } }
        : { ...circumstances, ...happening },
    );
    this.stateBefore = state;
  }
}
