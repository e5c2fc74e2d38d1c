import type { CallObservation } from '../../ports/observation';
import { steps, type Step } from './call-steps';
import { untilAnswered } from './patience';
import type { TrackedCall } from '../calls/tracked-call';

export interface Moves {
  moves: Step[];
  /** It shows an answer of which the lead should tell. */
  doubtful: boolean;
}

/**
 * What an observation does to the state of a call. The answer is told by whoever sees it first, unless the lead should
 * have; ringing at the far end and holding are a matter of the best source that sees them.
 */
export function movesOf(tracked: TrackedCall, seen: CallObservation): Moves {
  const possible = steps(tracked.call, seen);
  const believed = seen.source === tracked.lead || untilAnswered(tracked, seen) === 0;
  const seesProgress = seen.source === tracked.progressLead;
  const moves: Step[] = [];
  for (const step of possible) {
    if (step.event === 'answered') {
      if (!believed) return { moves, doubtful: true };
      moves.push(step);
    } else if (seesProgress) moves.push(step);
  }
  return { moves, doubtful: false };
}
