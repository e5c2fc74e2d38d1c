import { eventJson, type EventJson } from '../../messages/event-json';
import { finishedJson, type FinishedJson } from '../../messages/finished-json';
import { snapshotJson, type SnapshotJson } from '../../messages/snapshot-json';
import type { PhoneSnapshot } from '../../phone/phone';
import { isCallEvent, type FinishedCall, type PhoneEvent } from '../../phone/phone-event';

export type EventMessage<P> = {
  topic: string;
  callId?: string;
  payload: P;
};

/** The message of the status node for one event. */
export function eventMessage(phone: string, event: PhoneEvent): EventMessage<EventJson> {
  return {
    topic: `${phone}/${isCallEvent(event) ? 'call' : 'phone'}/${event.event}`,
    ...(event.call && { callId: event.call.callId }),
    payload: eventJson({ phone, event }),
  };
}

/** The message of the status node that tells how things stand: the most urgent call's fields, and all open calls. */
export function snapshotMessage(phone: string, snapshot: PhoneSnapshot): EventMessage<SnapshotJson> {
  const current = snapshot.calls[0];
  return {
    topic: `${phone}/phone/snapshot`,
    ...(current && { callId: current.callId }),
    payload: snapshotJson({ phone, snapshot }),
  };
}

/** The message of the call log node for one call that is over. */
export function callLogMessage(phone: string, finished: FinishedCall): EventMessage<FinishedJson> {
  return {
    topic: `${phone}/call_log`,
    callId: finished.call.callId,
    payload: finishedJson({ phone, finished }),
  };
}
