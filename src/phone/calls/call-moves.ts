import type { CallEventName } from '../phone-event';
import type { CallState } from './call';

/** What moves a call: that there is one, which way it goes; a state that a source shows it in; that it is over. */
export type CallSign = 'inbound' | 'outbound' | Exclude<CallState, 'ended'> | 'over';

/** `none`: nobody has told of it. */
export type CallPlace = 'none' | CallState;

export interface CallMove {
  /** A transfer is told of, too, but moves nothing. */
  event: Exclude<CallEventName, 'transferred'>;
  to: CallState;
  /**
   * Whose sign moves it. `first`: whoever shows it first. `lead`: whoever shows it first, unless the source that leads
   * the call should have; then it is doubted for a while. `progress`: the best of those that see such moves.
   */
  by: 'first' | 'lead' | 'progress';
  /** The sign does not show this move: it must have happened on the way to what it shows. */
  implied?: boolean;
}

const ANSWERED: CallMove = { event: 'answered', to: 'connected', by: 'lead' };
const ANSWERED_BEFORE: CallMove = { ...ANSWERED, implied: true };
const ENDED: CallMove = { event: 'ended', to: 'ended', by: 'lead' };

/**
 * All moves of a call: which sign moves it on from which state. A sign that is not there for a state moves nothing, since
 * it is late or repeated: no call goes back from answered to ringing. docs/architecture.md has it as a diagram.
 */
export const CALL_MOVES = {
  inbound: { none: { event: 'incoming', to: 'ringing', by: 'first' } },
  outbound: { none: { event: 'outgoing', to: 'dialing', by: 'first' } },
  dialing: {},
  ringing: {},
  alerting: { dialing: { event: 'alerting', to: 'alerting', by: 'progress' } },
  connected: {
    dialing: ANSWERED,
    alerting: ANSWERED,
    ringing: ANSWERED,
    held: { event: 'resumed', to: 'connected', by: 'progress' },
  },
  held: {
    dialing: ANSWERED_BEFORE,
    alerting: ANSWERED_BEFORE,
    ringing: ANSWERED_BEFORE,
    connected: { event: 'held', to: 'held', by: 'progress' },
  },
  over: { dialing: ENDED, alerting: ENDED, ringing: ENDED, connected: ENDED, held: ENDED },
} as const satisfies Record<CallSign, Partial<Record<CallPlace, CallMove>>>;

const TABLE: Record<CallSign, Partial<Record<CallPlace, CallMove>>> = CALL_MOVES;

/** The moves that lead a call from where it stands to what the sign shows, in order; none for most signs. */
export function movesTo(sign: CallSign, from: CallPlace): CallMove[] {
  const moves: CallMove[] = [];
  const row = TABLE[sign];
  for (let move = row[from]; move; move = row[move.to]) moves.push(move);
  return moves;
}
