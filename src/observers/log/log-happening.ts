import type { CallQuality } from '../../phone/calls/call-quality';
import type { Direction, HeldBy, OpenCallState, Registration } from '../../phone/calls/call';
import type { Voicemail } from '../../phone/voicemail';
import type { SipParty } from './sip/sip-address';

/** `offered`: an INVITE came in and nothing rings yet, and perhaps never will. */
export type LogCallState = 'offered' | OpenCallState;

/** A call as the log shows it. Times are those of the log: milliseconds of a `LogClock`. */
export interface LogCall {
  /** Names the call within one log: its Call-ID as a rule. */
  key: string;
  /** Absent for a call that died before a SIP message was sent. */
  sipCallId?: string;
  direction: Direction;
  state: LogCallState;
  heldBy?: HeldBy;
  party: SipParty;
  /** User part of our own address. */
  account?: string;
  /** User part of the address that diverted the call to us. */
  diversion?: string;
  startTime: number;
  ringTime?: number;
  answerTime?: number;
  /** Since when it has been in its state. */
  stateTime: number;
}

export interface LogCallEnd {
  /** `timeout` and `transport`: pjsip gave up, no SIP message says so. */
  by: 'local' | 'remote' | 'timeout' | 'transport' | 'unknown';
  status?: number;
  reason?: string;
  /** Another device of the same user took the call. */
  elsewhere?: boolean;
  /** Cause of a `Reason: Q.850` header. */
  q850Cause?: number;
  /** The log does not show the end; it must have come. */
  concluded?: boolean;
}

/** What pjsip says of a recording; the path is as the log has it, and anything may stand there. */
export type RecorderNews =
  | { what: 'begun'; sipCallId: string; path: string }
  /** The file is there, and is written until it is closed. */
  | { what: 'opened' | 'closed'; sipCallId: string };

/** What a log tells. `time` is that of its `LogClock`, in milliseconds. */
export type LogHappening =
  /** A new call, or an open one has another state, another holder or another party than before. */
  | { type: 'call'; time: number; call: LogCall }
  | { type: 'ended'; time: number; call: LogCall; end: LogCallEnd }
  /** An incoming call was over before it rang: refused by a rule (busy, do not disturb, limit), forwarded or given up. */
  | { type: 'never_rang'; time: number; call: LogCall; end: LogCallEnd }
  /** The media of a call were taken down; without `quality` nothing was written of them. May come behind its end. */
  | { type: 'media'; time: number; call: LogCall; quality?: CallQuality }
  /** The far end took our blind transfer; `requested` is the time of our REFER. */
  | { type: 'transferred'; time: number; requested: number; key: string; target: SipParty }
  /** One digit by SIP INFO. Which one is left out: digits are PINs as often as not. */
  | { type: 'dtmf'; time: number; key: string; sent: boolean }
  /** An instant message; its text is private and stays in the log. */
  | { type: 'message'; time: number; sent: boolean; party: SipParty }
  | { type: 'registration'; time: number; registration: Registration }
  /** The server told what is in the mailbox, or nothing is known of it any more. */
  | { type: 'voicemail'; time: number; voicemail: Voicemail }
  | { type: 'recording'; time: number; news: RecorderNews }
  /** pjsip started (the log begins), took up its work, or ended in good order. */
  | { type: 'program'; time: number; state: ProgramState };

export type ProgramState = 'started' | 'running' | 'ended';
