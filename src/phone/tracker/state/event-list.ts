import type { Call, PhoneState, Registration, Source } from '../../calls/call';
import type {
  CallEventName,
  EventCircumstances,
  FinishedCall,
  PhoneEvent,
  StandingSubject,
  Told,
} from '../../phone-event';

/** What has happened, to a call or to the phone. */
export type Happening =
  | { event: CallEventName; call: Call }
  | { event: 'registration'; registration: Registration }
  | { event: 'phone_online' | 'phone_offline' }
  | StandingSubject;

/** How it became known, and how things stand after it. */
export interface Knowledge {
  source: Source;
  inferred: boolean;
  registration: Registration | undefined;
  state: PhoneState;
  /** ms since 1970, as the source says */
  seenAt: number;
}

/**
 * What is to be told after one input: events, whose times never run backwards and are never in the future, and calls that
 * are over.
 */
export class EventList {
  private time = 0;
  private stateBefore: PhoneState = 'offline';
  private list: Told[] = [];

  begin(state: PhoneState): void {
    this.list = [];
    this.stateBefore = state;
  }

  get all(): Told[] {
    return this.list;
  }

  add(happening: Happening, { source, inferred, registration, state, seenAt }: Knowledge, now: number): PhoneEvent {
    this.time = Math.max(this.time, Math.min(seenAt, now));
    const circumstances: EventCircumstances = {
      time: this.time,
      state,
      previousState: this.stateBefore,
      source,
      confidence: inferred ? 'inferred' : 'exact',
      ...(registration && { registration }),
    };
    const event: PhoneEvent = isOfCall(happening)
      ? { ...circumstances, ...happening, call: { ...happening.call } }
      : { ...circumstances, ...happening };
    this.list.push({ event });
    this.stateBefore = state;
    return event;
  }

  addFinished(finished: FinishedCall): void {
    this.list.push({ finished });
  }
}

function isOfCall(happening: Happening): happening is Extract<Happening, { call: Call }> {
  return 'call' in happening;
}
