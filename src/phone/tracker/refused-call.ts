import type { Call } from '../call';
import { completed } from '../call-outcome';
import type { CallRefusedObservation } from '../observation';
import type { FinishedCall } from '../phone-event';
import { internationalise, type ToE164 } from './tracked-call';

/** What call logs get of a call that never rang. */
export function refusedCall(seen: CallRefusedObservation, callId: string, e164?: ToE164): FinishedCall {
  const { facts, began, time, ending, source } = seen;
  const startTime = Math.min(began, time);
  const call: Call = { callId, ...facts, direction: 'inbound', callState: 'ringing', startTime };
  internationalise(call, e164);
  return { call: completed(call, ending, time), rang: false, replayed: false, source, confidence: 'exact' };
}
