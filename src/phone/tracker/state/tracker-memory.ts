import type { Call, CallFacts, Registration, Source } from '../../calls/call';
import type { TimeSources } from '../calls/call-times';
import type { DialIntent } from '../calls/dial-intents';
import type { OwnTransfer } from '../calls/own-transfer';
import type { SeenEnd } from '../calls/seen-ends';

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

/** What outlives a phone that is closed and opened again while MicroSIP goes on. */
export interface TrackerMemory {
  calls: readonly RememberedCall[];
  /** Dials whose calls have not been seen. */
  dials: readonly DialIntent[];
  /** Keys of calls that are over: a ring window may outlive its call, as long as MicroSIP runs the program of a hook. */
  dead: readonly string[];
  online: boolean;
  /** How much more the clock said, by which the times of the calls were told, ms. */
  ahead?: number;
  registration?: Registration;
}
