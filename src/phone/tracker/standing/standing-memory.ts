import type { Features } from '../../commands/command';
import type { AudioLevels } from '../../ports/surface';
import type { Voicemail } from '../../voicemail';
import type { Trouble } from './troubles';

/** What is known of a phone besides its calls, for a tracker that goes on where this one stops. Plain data. */
export interface StandingMemory {
  features?: Features;
  audio?: AudioLevels;
  voicemail?: Voicemail;
  /** That listeners know of. */
  trouble?: Trouble;
}
