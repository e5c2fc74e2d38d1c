import type { Call, OpenCallState } from '../../calls/call';
import type { CallObservation } from '../../ports/observation';
import type { CallEventName } from '../../phone-event';

export interface Step {
  event: CallEventName;
  state: OpenCallState;
  /** Must have happened on the way to what was seen, but was not seen itself. */
  inferred: boolean;
}

/**
 * The steps that lead a call from where it stands to what was seen. A state that lies behind (a late or repeated
 * observation) gives none: a call never goes back from answered to ringing.
 */
export function steps(call: Pick<Call, 'callState' | 'answerTime'>, seen: Pick<CallObservation, 'state'>): Step[] {
  const from = call.callState;
  if (from === seen.state || from === 'ended') return [];
  switch (seen.state) {
    case 'dialing':
    case 'ringing':
      return [];
    case 'alerting':
      return from === 'dialing' ? [{ event: 'alerting', state: 'alerting', inferred: false }] : [];
    case 'connected':
      return [{ event: from === 'held' ? 'resumed' : 'answered', state: 'connected', inferred: false }];
    case 'held': {
      const held: Step = { event: 'held', state: 'held', inferred: false };
      return from === 'connected' ? [held] : [{ event: 'answered', state: 'connected', inferred: true }, held];
    }
  }
}
