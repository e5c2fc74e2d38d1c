import type { Call } from '../../calls/call';
import { completed, disposition } from '../../calls/call-outcome';
import type { CallRefusedObservation } from '../../ports/observation';
import type { FinishedCall } from '../../phone-event';
import type { ToE164 } from '../../numbers/e164';
import { internationalise } from './tracked-call';

/** What call logs get of a call that never rang. */
export function refusedCall(seen: CallRefusedObservation, callId: string, e164?: ToE164): FinishedCall {
  const { facts, began, time, ending, source } = seen;
  const startTime = Math.min(began, time);
  const call: Call = { callId, ...facts, direction: 'inbound', callState: 'ringing', startTime };
  if (facts.numberE164 === undefined) internationalise(call, e164);
  const over = completed(call, ending, time);
  // MicroSIP refused it, not its user, who missed it.
  over.disposition = disposition(call, { ...ending, endedBy: 'unknown' });
  return { call: over, rang: false, replayed: false, source, confidence: 'exact' };
}
