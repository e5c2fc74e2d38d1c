import type { Call, CallFacts, Source } from '../../calls/call';
import type { SeenEnd } from './seen-ends';

/** Who told the times of a call. */
export interface TimeSources {
  start: Source;
  answer?: Source;
}

/** A transfer that was sent, and whose outcome nobody has told. */
export interface OwnTransfer {
  /** Whom the call was sent to: a number, a name, or `user@host`. */
  target: string;
  /** ms since 1970 by our clock */
  since: number;
}

/** What outlives a phone that is closed and opened again of one open call. */
export interface RememberedCall {
  /** By which key each source knows it. */
  keys: readonly (readonly [Source, string])[];
  lead: Source;
  call: Call;
  /** From whom the fields are. */
  factSources: readonly (readonly [keyof CallFacts, Source])[];
  times: TimeSources;
  /** What was seen of its end and not told yet. */
  ends: readonly SeenEnd[];
  /** When we ordered its end, ms since 1970. */
  hangupSent?: number;
  /** Where we sent it by a transfer whose outcome is open. */
  transfer?: OwnTransfer;
}
