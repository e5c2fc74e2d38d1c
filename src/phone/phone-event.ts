import type { Call, Confidence, PhoneState, Registration, Source } from './calls/call';
import type { Features } from './commands/command';
import type { ErrorCode } from './errors/phone-error';
import type { AudioLevels } from './ports/surface';
import type { Voicemail } from './voicemail';

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
/** Of these a snapshot has the present values, too. */
export const STANDING_EVENTS = ['features', 'audio', 'voicemail', 'problem'] as const;
/** A snapshot has the name of an event, but it is an answer and does not happen. */
export const PHONE_EVENTS = ['registration', 'phone_online', 'phone_offline', ...STANDING_EVENTS, 'snapshot'] as const;

export type CallEventName = (typeof CALL_EVENTS)[number];
export type PhoneEventName = (typeof PHONE_EVENTS)[number];
export type EventName = CallEventName | PhoneEventName;

/** Of why MicroSIP is not there: `phone_offline` says as much, or it is only starting. */
export function isToldByOffline(problem: ErrorCode): boolean {
  return problem === 'not_running' || problem === 'not_ready';
}

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

/** A switch was changed, by whomever. */
export interface FeaturesSubject {
  event: 'features';
  features: Features;
  call?: never;
}

/** A device was muted or its level moved, by whomever. */
export interface AudioSubject {
  event: 'audio';
  audio: AudioLevels;
  call?: never;
}

export interface VoicemailSubject {
  event: 'voicemail';
  voicemail: Voicemail;
  call?: never;
}

/** The phone does not work as it should, for another reason than before; without `problem` it does again. */
export interface ProblemSubject {
  event: 'problem';
  problem?: ErrorCode;
  problemText?: string;
  call?: never;
}

/** What a phone event may be about besides its registration and whether MicroSIP is there. */
export type StandingSubject = FeaturesSubject | AudioSubject | VoicemailSubject | ProblemSubject;

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
export type StandingEvent = StandingSubject & EventCircumstances;

/** Something that happened on a phone. Every event is a new object that nobody else holds. */
export type PhoneEvent = CallEvent | RegistrationEvent | PresenceEvent | StandingEvent;

export function isCallEvent(event: PhoneEvent): event is CallEvent {
  return (CALL_EVENTS as readonly string[]).includes(event.event);
}

export function isStandingEvent(event: PhoneEvent): event is StandingEvent {
  return isStanding(event.event);
}

export function isStanding(name: EventName): name is StandingSubject['event'] {
  return (STANDING_EVENTS as readonly string[]).includes(name);
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

/**
 * What a phone tells by itself, in the order in which it happened: a call that is over comes right behind its end, or when
 * what is still to be known of its media is there.
 */
export type Told = { event: PhoneEvent } | { finished: FinishedCall };
