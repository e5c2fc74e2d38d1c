import type { Call } from '../../phone/calls/call';
import type { PhoneSnapshot } from '../../phone/phone';
import { isCallEvent, type FinishedCall, type PhoneEvent } from '../../phone/phone-event';

type Fields = Record<string, unknown>;

export type EventMessage = {
  topic: string;
  callId?: string;
  payload: Fields;
};

const seconds = (from: number, to: number): number => Math.round((to - from) / 100) / 10;
const iso = (time: number): string => new Date(time).toISOString();

/** A call as messages carry it: ISO times, durations in seconds; what is not known is absent. */
export function callFields(call: Call): Fields {
  const { callId, sipCallId, direction, callState, startTime, answerTime, endTime, ...rest } = call;
  return {
    callId,
    ...(sipCallId !== undefined && { sipCallId }),
    ...(direction && { direction }),
    callState,
    ...rest,
    startTime: iso(startTime),
    ...(answerTime !== undefined && { answerTime: iso(answerTime) }),
    ...(endTime !== undefined && { endTime: iso(endTime) }),
    ...durations(call),
  };
}

/** The message of the status node for one event. */
export function eventMessage(phone: string, event: PhoneEvent): EventMessage {
  const { event: name, state, previousState, call, registration, source, confidence, time } = event;
  return {
    topic: `${phone}/${isCallEvent(event) ? 'call' : 'phone'}/${name}`,
    ...(call && { callId: call.callId }),
    payload: {
      event: name,
      state,
      previousState,
      phone,
      time: iso(time),
      ...(call && callFields(call)),
      source,
      confidence,
      replayed: false,
      ...(registration && { registration: { ...registration } }),
    },
  };
}

/** The message of the status node that tells how things stand: the most urgent call's fields, and all open calls. */
export function snapshotMessage(phone: string, snapshot: PhoneSnapshot): EventMessage {
  const { state, calls, time, registration, problem, audio } = snapshot;
  const current = calls[0];
  return {
    topic: `${phone}/phone/snapshot`,
    ...(current && { callId: current.callId }),
    payload: {
      event: 'snapshot',
      state,
      phone,
      time: iso(time),
      ...(problem && { problem }),
      ...(current && callFields(current)),
      calls: calls.map(callFields),
      replayed: false,
      ...(registration && { registration: { ...registration } }),
      ...(audio && { audio: structuredClone(audio) }),
    },
  };
}

/** The message of the call log node for one call that is over. */
export function callLogMessage(phone: string, finished: FinishedCall): EventMessage {
  const { call, duration, rang, info, replayed, source, confidence } = finished;
  const fields = callFields(call);
  if (duration !== undefined) {
    // Without the time of the answer nobody knows how much of the call was ringing.
    if (duration > 0 && call.answerTime === undefined) delete fields['ringSeconds'];
    fields['duration'] = duration;
  }
  return {
    topic: `${phone}/call_log`,
    callId: call.callId,
    payload: {
      phone,
      ...fields,
      ...(rang !== undefined && { rang }),
      ...(info !== undefined && { info }),
      source,
      confidence,
      replayed,
    },
  };
}

function durations({ startTime, answerTime, endTime }: Call): Fields {
  const rangUntil = answerTime ?? endTime;
  return {
    ...(rangUntil !== undefined && { ringSeconds: seconds(startTime, rangUntil) }),
    ...(endTime !== undefined && {
      duration: answerTime === undefined ? 0 : seconds(answerTime, endTime),
      totalDuration: seconds(startTime, endTime),
    }),
  };
}
