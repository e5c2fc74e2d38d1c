import type { Call, Confidence, PhoneState, Registration, Source } from './calls/call';

export const CALL_EVENTS = [
  'incoming',
  'outgoing',
  'alerting',
  'answered',
  'held',
  'resumed',
  'transferred',
  'ended',
] as const;
export const PHONE_EVENTS = ['registration', 'phone_online', 'phone_offline', 'snapshot'] as const;

export type CallEventName = (typeof CALL_EVENTS)[number];
export type PhoneEventName = (typeof PHONE_EVENTS)[number];
export type EventName = CallEventName | PhoneEventName;

/** Something that happened on a phone. Every event is a new object that nobody else holds. */
export interface PhoneEvent {
  event: EventName;
  /** Milliseconds since 1970; never before the time of an earlier event of the same phone. */
  time: number;
  state: PhoneState;
  previousState: PhoneState;
  /** The call that the event is about, as it stands after the event. */
  call?: Call;
  registration?: Registration;
  source: Source;
  confidence: Confidence;
}

/** A call that is over, for whoever keeps a log of calls; each call comes once. */
export interface FinishedCall {
  call: Call;
  /** Seconds of being connected; only where `call` has no times to tell it by. */
  duration?: number;
  /** False: MicroSIP refused the call by itself without ringing, so that it had no events. */
  rang?: boolean;
  /** The reason of the end in the language of MicroSIP's user interface. */
  info?: string;
  /** It ended while nobody watched. */
  replayed: boolean;
  source: Source;
  confidence: Confidence;
}
