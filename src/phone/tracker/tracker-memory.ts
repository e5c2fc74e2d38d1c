import type { Call, Registration, Source } from '../call';

export interface RememberedCall {
  /** By which key each source knows it. */
  keys: readonly (readonly [Source, string])[];
  lead: Source;
  call: Call;
}

/** What outlives a phone that is closed and opened again while MicroSIP goes on. */
export interface TrackerMemory {
  calls: readonly RememberedCall[];
  online: boolean;
  registration?: Registration;
}
