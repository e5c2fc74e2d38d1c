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
/** A snapshot has the name of an event, but it is an answer and does not happen. */
export const PHONE_EVENTS = ['registration', 'phone_online', 'phone_offline', 'snapshot'] as const;

export type CallEventName = (typeof CALL_EVENTS)[number];
export type PhoneEventName = (typeof PHONE_EVENTS)[number];
export type EventName = CallEventName | PhoneEventName;

/** Something that happened to a call. */
export interface CallSubject {
  event: CallEventName;
  /** The call as it stands after the event. */
  call: Call;
}

export interface RegistrationSubject {
  event: 'registration';
  registration: Registration;
  /** Only so that `call` can be asked for before it is known what happened. */
  call?: never;
}

/** MicroSIP came or went. */
export interface PresenceSubject {
  event: 'phone_online' | 'phone_offline';
  call?: never;
}

/** What all events have. */
export interface EventCircumstances {
  /** Milliseconds since 1970; never before the time of an earlier event of the same phone. */
  time: number;
  state: PhoneState;
  previousState: PhoneState;
  /** As it stood then; absent while nobody has seen it. */
  registration?: Registration;
  source: Source;
  confidence: Confidence;
}

export type CallEvent = CallSubject & EventCircumstances;
export type RegistrationEvent = RegistrationSubject & EventCircumstances;
export type PresenceEvent = PresenceSubject & EventCircumstances;

/** Something that happened on a phone. Every event is a new object that nobody else holds. */
export type PhoneEvent = CallEvent | RegistrationEvent | PresenceEvent;

export function isCallEvent(event: PhoneEvent): event is CallEvent {
  return (CALL_EVENTS as readonly string[]).includes(event.event);
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

/** What a phone tells by itself, in the order in which it happened: a call that is over comes right behind its end. */
export type Told = { event: PhoneEvent } | { finished: FinishedCall };
