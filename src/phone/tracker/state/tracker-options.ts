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
  /** One of the sources are the windows, which tell best whether MicroSIP is there. */
  awaitsWindows?: boolean;
  memory?: TrackerMemory | undefined;
}
