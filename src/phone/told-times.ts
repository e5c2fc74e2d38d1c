import type { Call } from './calls/call';
import { isCallEvent, type FinishedCall, type PhoneEvent } from './phone-event';

/** A call with the times of a clock that is ahead of the one that its times are by, in ms. */
export function toldCall(call: Call, ahead: number): Call {
  const { startTime, answerTime, endTime } = call;
  return {
    ...call,
    startTime: startTime + ahead,
    ...(answerTime !== undefined && { answerTime: answerTime + ahead }),
    ...(endTime !== undefined && { endTime: endTime + ahead }),
  };
}

export function toldEvent(event: PhoneEvent, ahead: number): PhoneEvent {
  const time = event.time + ahead;
  return isCallEvent(event) ? { ...event, time, call: toldCall(event.call, ahead) } : { ...event, time };
}

export function toldFinished(finished: FinishedCall, ahead: number): FinishedCall {
  return { ...finished, call: toldCall(finished.call, ahead) };
}
