import { movesTo, type CallMove } from '../../calls/call-moves';
import type { CallObservation } from '../../ports/observation';
import type { TrackedCall } from '../calls/tracked-call';
import { untilAnswered } from './patience';

export interface BelievedMoves {
  moves: CallMove[];
  /** It shows an answer of which the lead should tell. */
  doubtful: boolean;
}

/** Which of the moves that an observation shows are told of, by whose word they go. */
export function believedMoves(tracked: TrackedCall, seen: CallObservation): BelievedMoves {
  const believed = seen.source === tracked.lead || untilAnswered(tracked, seen) === 0;
  const seesProgress = seen.source === tracked.progressLead;
  const moves: CallMove[] = [];
  for (const move of movesTo(seen.state, tracked.call.callState)) {
    if (move.by === 'lead' && !believed) return { moves, doubtful: true };
    if (move.by === 'lead' || seesProgress) moves.push(move);
  }
  return { moves, doubtful: false };
}
