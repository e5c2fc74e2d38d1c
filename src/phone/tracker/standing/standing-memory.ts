import type { Features } from '../../commands/command';
import type { Trouble } from '../../ports/observation';
import type { AudioLevels } from '../../ports/surface';
import type { Voicemail } from '../../voicemail';

/** What is known of a phone besides its calls, for a tracker that goes on where this one stops. Plain data. */
export interface StandingMemory {
  features?: Features;
  audio?: AudioLevels;
  voicemail?: Voicemail;
  /** That listeners know of. */
  trouble?: Trouble;
}
