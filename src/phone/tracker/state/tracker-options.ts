import type { Source } from '../../calls/call';
import type { ToE164 } from '../../numbers/e164';
import type { SameNumber } from '../../numbers/same-number';
import type { TrackerMemory } from './tracker-memory';

export interface TrackerOptions {
  /** Gives a new id at each call. */
  nextCallId: () => string;
  /** Whether two texts are the same telephone number or name. */
  sameNumber: SameNumber;
  /** The international form of a number, where it has one. */
  e164?: ToE164 | undefined;
  /** The source that tells best whether MicroSIP is there, if there is one. */
  presenceSource?: Source | undefined;
  memory?: TrackerMemory | undefined;
}
