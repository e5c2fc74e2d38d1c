import {
  CALL_STATES,
  DIRECTIONS,
  DISPOSITIONS,
  ENDED_BY,
  HELD_BY,
  OPEN_CALL_STATES,
  type Call,
} from '../phone/calls/call';
import { isCallId } from '../phone/guard/values/call-id';
import { shownPath } from '../phone/texts/shown-text';
import { validUri } from '../phone/texts/valid-uri';
import { fieldsOf, text, wholeBetween, wholeText, wordOf, type OptionalFields, type Reader } from './json-reader';
import { isoTime, readTime } from './json-time';
import { readQuality } from './quality-json';
import { sipStatus } from './registration-json';

/** A call as messages carry it: ISO times, durations in seconds; what is not known is absent. */
export interface CallJson extends Omit<Call, 'startTime' | 'answerTime' | 'endTime'> {
  startTime: string;
  answerTime?: string;
  endTime?: string;
  /** Until the answer, or until the end. */
  ringSeconds?: number;
  /** From the answer to the end. */
  duration?: number;
  totalDuration?: number;
}

export function callJson(call: Call): CallJson {
  const { callId, sipCallId, direction, callState, startTime, answerTime, endTime, quality, recording, ...rest } = call;
  return {
    callId,
    ...(sipCallId !== undefined && { sipCallId }),
    ...(direction && { direction }),
    callState,
    ...rest,
    startTime: isoTime(startTime),
    ...(answerTime !== undefined && { answerTime: isoTime(answerTime) }),
    ...(endTime !== undefined && { endTime: isoTime(endTime) }),
    ...durations(call),
    ...(recording !== undefined && { recording }),
    ...(quality && { quality: structuredClone(quality) }),
  };
}

const international: Reader<string> = (json) => {
  const number = wholeText(json);
  return number !== undefined && /^\+\d+$/.test(number) ? number : undefined;
};

/** What MicroSIP knows of a call besides the call itself. */
export const CALL_EXTRAS: OptionalFields<Pick<Call, 'nameSource' | 'quality' | 'recording'>> = {
  nameSource: wordOf(['contacts']),
  quality: readQuality,
  recording: (json) => (typeof json === 'string' ? shownPath(json) : undefined),
};

const readFields = fieldsOf<Call>(
  {
    callId: (json) => (isCallId(json) ? json : undefined),
    callState: wordOf(CALL_STATES),
    startTime: readTime,
  },
  {
    sipCallId: wholeText,
    direction: wordOf(DIRECTIONS),
    answerTime: readTime,
    endTime: readTime,
    number: text,
    name: text,
    numberE164: international,
    uri: (json) => (typeof json === 'string' ? validUri(json) : undefined),
    account: text,
    diversion: text,
    heldBy: wordOf(HELD_BY),
    transferredTo: text,
    endedBy: wordOf(ENDED_BY),
    disposition: wordOf(DISPOSITIONS),
    sipStatus,
    sipReason: text,
    hangupCause: text,
    hangupCauseCode: wholeBetween(0, 999),
    ...CALL_EXTRAS,
  },
);

/** The durations are not read: the times say them. */
export const readCall: Reader<Call> = (json) => {
  const call = readFields(json);
  if (!call) return undefined;
  const { startTime, answerTime = startTime, endTime = answerTime } = call;
  return startTime <= answerTime && answerTime <= endTime ? call : undefined;
};

export const readOpenCall: Reader<Call> = (json) => {
  const call = readCall(json);
  return call && wordOf(OPEN_CALL_STATES)(call.callState) && call;
};

export const readEndedCall: Reader<Call> = (json) => {
  const call = readCall(json);
  return call?.callState === 'ended' ? call : undefined;
};

function durations({
  startTime,
  answerTime,
  endTime,
}: Call): Pick<CallJson, 'ringSeconds' | 'duration' | 'totalDuration'> {
  const rangUntil = answerTime ?? endTime;
  return {
    ...(rangUntil !== undefined && { ringSeconds: seconds(startTime, rangUntil) }),
    ...(endTime !== undefined && {
      duration: answerTime === undefined ? 0 : seconds(answerTime, endTime),
      totalDuration: seconds(startTime, endTime),
    }),
  };
}

function seconds(from: number, to: number): number {
  return Math.round((to - from) / 100) / 10;
}
