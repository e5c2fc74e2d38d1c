import type { Call } from '../../calls/call';
import { CALL_MOVES } from '../../calls/call-moves';
import type { CallEventName } from '../../phone-event';
import type { CallObservation } from '../../ports/observation';
import type { DialIntent } from './dial-intents';

export interface Beginning {
  event: CallEventName;
  call: Call;
  /** It was answered before anybody saw it. */
  inMidst: boolean;
  inferred: boolean;
}

/**
 * A call as it begins.
 * @param intent the dial that it comes from, if it was dialled through us
 */
export function beginning(
  first: CallObservation,
  intent: DialIntent | undefined,
  callId: string,
  now: number,
): Beginning {
  const direction = first.direction ?? (intent ? 'outbound' : undefined);
  const { event, to } = direction === 'inbound' ? CALL_MOVES.inbound.none : CALL_MOVES.outbound.none;
  const call: Call = {
    callId,
    ...(direction && { direction }),
    callState: to,
    startTime: Math.min(first.answeredAt ?? first.time, now),
    ...(intent && { number: intent.number }),
  };
  // MicroSIP does not show which way an already connected call was dialled; a call has to begin all the same.
  const inMidst = !['ringing', 'dialing', 'alerting'].includes(first.state);
  return { event, call, inMidst, inferred: first.inferred === true || inMidst };
}
