import type { ObserverMemories } from './ports/observer';
import type { TrackerMemory } from './tracker/state/tracker-memory';

/** What the next phone on the same MicroSIP needs so that no call begins or ends twice. Plain data. */
export interface PhoneMemory extends TrackerMemory {
  /** How much more the clock said, by which the times of the calls were told, ms. */
  ahead: number;
  observers: ObserverMemories;
}
