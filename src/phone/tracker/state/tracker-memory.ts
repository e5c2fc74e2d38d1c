import type { Registration } from '../../calls/call';
import type { FinishedCall } from '../../phone-event';
import type { DialIntent } from '../calls/dial-intents';
import type { RememberedCall } from '../calls/remembered-call';
import type { StandingMemory } from '../standing/standing-memory';

/** What is known of calls that go on, for a tracker that takes the place of this one. */
export interface TrackerMemory {
  calls: readonly RememberedCall[];
  /** Dials whose calls have not been seen. */
  dials: readonly DialIntent[];
  /** Keys of calls that are over: a ring window may outlive its call, as long as MicroSIP runs the program of a hook. */
  retired: readonly string[];
  /** Calls that are over, and that call logs have not been told of. */
  finished?: readonly FinishedCall[];
  online: boolean;
  registration?: Registration;
  standing?: StandingMemory;
}
