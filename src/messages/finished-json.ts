import { CONFIDENCES, SOURCES } from '../phone/calls/call';
import type { FinishedCall } from '../phone/phone-event';
import { callJson, readEndedCall, type CallJson } from './call-json';
import { fieldsOf, numberBetween, text, truth, wordOf, type Reader } from './json-reader';

/** A call that is over, as call logs have it: its own fields beside those of the call. */
export interface FinishedJson extends CallJson, Omit<FinishedCall, 'call' | 'duration'> {
  phone: string;
}

/** A call of the phone with this name. */
export interface NamedFinishedCall {
  phone: string;
  finished: FinishedCall;
}

export function finishedJson({ phone, finished }: NamedFinishedCall): FinishedJson {
  const { call, duration, rang, info, replayed, source, confidence } = finished;
  const fields = callJson(call);
  if (duration !== undefined) {
    // Without the time of the answer nobody knows how much of the call was ringing.
    if (duration > 0 && call.answerTime === undefined) delete fields.ringSeconds;
    fields.duration = duration;
  }
  return {
    phone,
    ...fields,
    ...(rang !== undefined && { rang }),
    ...(info !== undefined && { info }),
    source,
    confidence,
    replayed,
  };
}

interface Head extends Omit<FinishedCall, 'call'> {
  phone: string;
}

const readHead: Reader<Head> = fieldsOf<Head>(
  { phone: text, source: wordOf(SOURCES), confidence: wordOf(CONFIDENCES), replayed: truth },
  { duration: numberBetween(0, Number.MAX_VALUE), rang: truth, info: text },
);

export const readFinished: Reader<NamedFinishedCall> = (json) => {
  const head = readHead(json);
  const call = readEndedCall(json);
  if (!head || !call) return undefined;
  const { phone, duration, ...rest } = head;
  const isTold = duration === undefined || duration === callJson(call).duration;
  return { phone, finished: { ...rest, call, ...(!isTold && { duration }) } };
};
