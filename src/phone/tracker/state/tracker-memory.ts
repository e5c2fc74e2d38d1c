import type { Registration } from '../../calls/call';
import type { DialIntent } from '../calls/dial-intents';
import type { RememberedCall } from '../calls/remembered-call';

/** What outlives a phone that is closed and opened again while MicroSIP goes on. */
export interface TrackerMemory {
  calls: readonly RememberedCall[];
  /** Dials whose calls have not been seen. */
  dials: readonly DialIntent[];
  /** Keys of calls that are over: a ring window may outlive its call, as long as MicroSIP runs the program of a hook. */
  retired: readonly string[];
  online: boolean;
  /** How much more the clock said, by which the times of the calls were told, ms. */
  ahead?: number;
  registration?: Registration;
}
