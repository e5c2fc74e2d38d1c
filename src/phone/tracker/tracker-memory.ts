import type { Call, Registration, Source } from '../call';

/** What outlives a phone that is closed and opened again while MicroSIP goes on. */
export interface TrackerMemory {
  calls: readonly { keys: readonly (readonly [Source, string])[]; lead: Source; call: Call }[];
  online: boolean;
  registration?: Registration;
}
