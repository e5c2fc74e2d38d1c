import type { CallEnding, CallFacts, Direction, HeldBy, OpenCallState, Registration, Source } from '../calls/call';
import type { CallQuality } from '../calls/call-quality';
import type { Features } from '../commands/command';
import type { ErrorCode } from '../errors/phone-error';
import type { Voicemail } from '../voicemail';
import type { AudioLevels } from './surface';

/**
 * - `absent`: no MicroSIP that we may talk to; `problem` says why.
 * - `starting`: its window exists, its SIP stack does not take commands yet.
 * - `ready`: it takes commands.
 * - `hung`: its window does not answer. Calls may well go on, so nothing is ended.
 */
export type Presence = 'absent' | 'starting' | 'ready' | 'hung';

/** MicroSIP is there with its calls, whether or not it answers just now. */
export function isOnline(presence: Presence): boolean {
  return presence === 'ready' || presence === 'hung';
}

interface Seen {
  /** Milliseconds since 1970. */
  time: number;
  source: Source;
}

/** What is the matter with a MicroSIP. */
export interface Trouble {
  problem: ErrorCode;
  /** What there is to read of it, such as the title of a message box. */
  problemText?: string;
}

/** `problem`: why MicroSIP is absent. */
export interface PresenceObservation extends Seen, Partial<Trouble> {
  type: 'presence';
  presence: Presence;
}

export interface RegistrationObservation extends Seen {
  type: 'registration';
  registration: Registration;
}

/** A call is there, in this state. Repeating an observation is harmless. */
export interface CallObservation extends Seen {
  type: 'call';
  /** Names the call within its source; never used again for another call. */
  key: string;
  direction?: Direction;
  state: OpenCallState;
  heldBy?: HeldBy;
  /** When it was answered, in ms since 1970, concluded from its age: of a call that was connected when it was first seen. */
  answeredAt?: number;
  facts: CallFacts;
  /** The source concluded this instead of seeing it. */
  inferred?: boolean;
}

export interface CallEndedObservation extends Seen {
  type: 'call_ended';
  key: string;
  ending: CallEnding;
  inferred?: boolean;
}

/** A call was handed on to somebody else by us (blind transfer); its end follows as an observation of its own. */
export interface CallTransferredObservation extends Seen {
  type: 'call_transferred';
  key: string;
  /** The user part of the address that the call was sent to. */
  target: string;
}

/** MicroSIP refused an incoming call by itself, without ringing: busy, do not disturb, a limit, a redirection. */
export interface CallRefusedObservation extends Seen {
  type: 'call_refused';
  key: string;
  facts: CallFacts;
  /** When the call came, in ms since 1970; `time` is its end. */
  began: number;
  ending: CallEnding;
}

/** A source that has nothing to tell now is there, and will tell of calls. */
export interface SourceLiveObservation extends Seen {
  type: 'source_live';
}

/** Whether MicroSIP takes a second call (docs/microsip/interface.md#7.7). */
export interface CallModeObservation extends Seen {
  type: 'call_mode';
  singleMode: boolean;
}

/** How all switches stand. Repeating it is harmless. */
export interface FeaturesObservation extends Seen {
  type: 'features';
  features: Features;
}

/** How both devices stand. Repeating it is harmless. */
export interface AudioObservation extends Seen {
  type: 'audio';
  audio: AudioLevels;
}

/** All that this source knows of the voicemail. Repeating it is harmless. */
export interface VoicemailObservation extends Seen {
  type: 'voicemail';
  voicemail: Voicemail;
}

/** Something keeps MicroSIP or its user from working, or without `problem` does no more; repeating it is harmless. */
export interface TroubleObservation extends Seen, Partial<Trouble> {
  type: 'trouble';
  /** Names it among the troubles of this phone; one that is told again replaces what was told of it. */
  cause: string;
}

/** What is known of the media of a call, which may be over already. */
export interface CallMediaObservation extends Seen {
  type: 'call_media';
  key: string;
  quality?: CallQuality;
  recording?: string;
  /**
   * This source is going to tell more of it: call logs wait for that, at most for a second from the end of the call. Absent:
   * that was all.
   */
  more?: boolean;
}

export type Observation =
  | PresenceObservation
  | RegistrationObservation
  | CallObservation
  | CallEndedObservation
  | CallTransferredObservation
  | CallRefusedObservation
  | SourceLiveObservation
  | CallModeObservation
  | FeaturesObservation
  | AudioObservation
  | VoicemailObservation
  | TroubleObservation
  | CallMediaObservation;

/** What the phone itself did or knows; it helps to tell whose call an observed call is and who ended it. */
export type OwnAct =
  /** MicroSIP took a dial command; its call is going to have this id. */
  | { type: 'dial_sent'; time: number; callId: string; number: string }
  /** MicroSIP took a command that ends or rejects this call. */
  | { type: 'hangup_sent'; time: number; callId: string }
  /** MicroSIP is given a command that sends this call on to somebody else. */
  | { type: 'transfer_sent'; time: number; callId: string; target: string }
  /** That command did not reach MicroSIP. */
  | { type: 'transfer_failed'; time: number; callId: string }
  /** MicroSIP was given the command that joins all calls in a conference and resumes them. */
  | { type: 'merge_sent'; time: number }
  /** The observers have reported everything that is there now. */
  | { type: 'looked_around'; time: number }
  /** The phone was closed; calls may go on unseen until it is opened again. */
  | { type: 'looked_away'; time: number }
  /** Nothing happened; some conclusions are only drawn after a while. */
  | { type: 'time_passed'; time: number };
