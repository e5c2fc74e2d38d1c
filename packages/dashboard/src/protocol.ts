/** What goes between the node and the browsers that show it. Both sides are built from this file. */

/** The field of a Dashboard message that is ours, both ways. */
export const FIELD = 'microsip';

/** What the widget can show; each has commands of its own. */
export const PARTS = ['calls', 'dial', 'keypad', 'audio', 'dnd', 'today'] as const;
export type Part = (typeof PARTS)[number];

/** ms that a browser waits for the answer to a command; the phone itself gives up earlier. */
export const ANSWER_TIME = 45_000;
/** Contacts offered while somebody types. */
export const MOST_MATCHES = 6;
/** Characters. */
export const LONGEST_QUERY = 100;

export type CallState = 'dialing' | 'alerting' | 'ringing' | 'connected' | 'held';
export type Outcome =
  | 'answered'
  | 'busy'
  | 'rejected'
  | 'cancelled'
  | 'no_answer'
  | 'failed'
  | 'missed'
  | 'answered_elsewhere'
  | 'forwarded';

export interface OpenCall {
  callId: string;
  callState: CallState;
  direction?: 'inbound' | 'outbound';
  number?: string;
  name?: string;
  /** Who sent the call on to us. */
  diversion?: string;
  heldBy?: 'local' | 'remote' | 'both';
  /** ms since 1970, as all times here. */
  startTime: number;
  answerTime?: number;
}

export interface Quality {
  /** 1..5 */
  mos?: number;
  codec?: string;
  lossPercent?: number;
  jitterMs?: number;
  rttMs?: number;
}

export interface PastCall {
  callId: string;
  direction?: 'inbound' | 'outbound';
  number?: string;
  name?: string;
  startTime: number;
  /** Seconds of being connected. */
  duration: number;
  outcome?: Outcome;
  quality?: Quality;
}

export interface Device {
  muted: boolean;
  /** 0..100 */
  level?: number;
}

/** All that a browser shows. It comes whole each time. */
export interface PhoneView {
  /** When it was made, by the clock that the times are by. */
  time: number;
  name: string;
  /** `missing`: no phone is chosen; `outdated`: it is one of another version of the phone's package. */
  presence: 'opening' | 'closed' | 'absent' | 'starting' | 'ready' | 'hung' | 'missing' | 'outdated';
  calls: OpenCall[];
  registration?: { state: string; sipStatus?: number };
  /** Code of an error, and what there is to read of it. */
  problem?: string;
  problemText?: string;
  dnd?: boolean;
  audio?: { microphone: Device; speaker: Device };
  voicemail?: { waiting: boolean; count?: number };
  today: PastCall[];
}

/** What became of something that a browser asked for. */
export interface Answer {
  request: string;
  code?: string;
  message?: string;
}

export interface Match {
  name: string;
  number: string;
}

/** To browsers. Only `view` is kept for those that come later. */
export interface ToBrowser {
  view?: PhoneView;
  answer?: Answer;
  matches?: { request: string; found: Match[] };
  /** A number for the dial field, from the flow. */
  number?: string;
}

/** From a browser. `request` is the browser's own, to know its answer again. */
export type FromBrowser =
  | { request: string; ask: 'view' }
  | { request: string; ask: 'contacts'; text: string }
  | { request: string; language: string; command: Record<string, unknown> };
