import type { Call } from '../../calls/call';
import type { CallObservation } from '../../ports/observation';
import type { DialIntent } from './dial-intents';

/**
 * A call as it begins.
 * @param intent the dial that it comes from, if it was dialled through us
 */
export function beginning(
  first: CallObservation,
  intent: DialIntent | undefined,
  callId: string,
  now: number,
): { call: Call; inferred: boolean } {
  const direction = first.direction ?? (intent ? 'outbound' : undefined);
  const call: Call = {
    callId,
    ...(direction && { direction }),
    callState: direction === 'inbound' ? 'ringing' : 'dialing',
    startTime: Math.min(first.answeredAt ?? first.time, now),
    ...(intent && { number: intent.number }),
  };
  // MicroSIP does not show which way an already connected call was dialled; a call has to begin all the same.
  return { call, inferred: first.inferred === true || !['ringing', 'dialing', 'alerting'].includes(first.state) };
}
