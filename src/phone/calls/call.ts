import type { CallQuality } from './call-quality';

/** `ringing` is inbound only; `alerting` is the far end of an outbound call ringing. */
export const OPEN_CALL_STATES = ['dialing', 'alerting', 'ringing', 'connected', 'held'] as const;
export type OpenCallState = (typeof OPEN_CALL_STATES)[number];

export const isAnswered = (state: CallState): boolean => state === 'connected' || state === 'held';
export const CALL_STATES = [...OPEN_CALL_STATES, 'ended'] as const;
export type CallState = (typeof CALL_STATES)[number];

/** The most urgent call decides the state of the phone: ringing > connected > held > alerting > dialing. */
export const PHONE_STATES = ['offline', 'idle', ...OPEN_CALL_STATES] as const;
export type PhoneState = (typeof PHONE_STATES)[number];

export const DIRECTIONS = ['inbound', 'outbound'] as const;
export type Direction = (typeof DIRECTIONS)[number];

export const HELD_BY = ['local', 'remote', 'both'] as const;
export type HeldBy = (typeof HELD_BY)[number];

export const ENDED_BY = ['local', 'remote', 'unknown'] as const;
export type EndedBy = (typeof ENDED_BY)[number];

export const CONFIDENCES = ['exact', 'inferred'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

export const SOURCES = [
  'simulator',
  'log',
  'hooks',
  'notification',
  'window',
  'status',
  'history',
  'watchdog',
] as const;
export type Source = (typeof SOURCES)[number];

/** What became of a call. */
export const DISPOSITIONS = [
  'answered',
  'busy',
  'rejected',
  'cancelled',
  'no_answer',
  'failed',
  'missed',
  'answered_elsewhere',
  'forwarded',
] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

/** Who is on the other end, as far as a source could tell. A field that is not known is absent. */
export interface CallFacts {
  /** The SIP Call-ID header, where a source knows it. */
  sipCallId?: string;
  /** The user part of the other party's address, or its host when it has no user. */
  number?: string;
  name?: string;
  /** The network told no name: it is from the contacts. */
  nameSource?: 'contacts';
  /** `number` in international form, `+` and digits, where it is a telephone number. */
  numberE164?: string;
  /** Where `number` is valid, if it came with that (RFC 3966): `+49`. Only sources have it; it ends in `numberE164`. */
  phoneContext?: string;
  /** `sip:user@host` */
  uri?: string;
  /** The user part of our own address that was called. */
  account?: string;
  /** The party that diverted the call to us. */
  diversion?: string;
}

/** How a call ended, as far as a source could tell. */
export interface CallEnding {
  endedBy?: EndedBy;
  sipStatus?: number;
  sipReason?: string;
  /** Cause of a `Reason: Q.850;cause=` header, 1..127. */
  q850Cause?: number;
  /** Another device of the same user took the call. */
  elsewhere?: boolean;
}

/** One call as the rest of the program sees it. Times are milliseconds since 1970. */
export interface Call extends Omit<CallFacts, 'phoneContext'> {
  callId: string;
  /** Absent for a call that was already connected when it was first seen. */
  direction?: Direction;
  callState: CallState;
  startTime: number;
  answerTime?: number;
  endTime?: number;
  heldBy?: HeldBy;
  /** Where we sent the call by a blind transfer. */
  transferredTo?: string;
  endedBy?: EndedBy;
  disposition?: Disposition;
  sipStatus?: number;
  sipReason?: string;
  hangupCause?: string;
  hangupCauseCode?: number;
  /** Known at its end at the earliest. */
  quality?: CallQuality;
  /** Path of the file. */
  recording?: string;
}

export const REGISTRATION_STATES = ['registered', 'registering', 'unregistered', 'failed', 'none'] as const;

export interface Registration {
  state: (typeof REGISTRATION_STATES)[number];
  sipStatus?: number;
  /** What MicroSIP's status bar says, in the language of its user interface. */
  text?: string;
}
