import type { Source } from '../../calls/call';
import type { CallObservation } from '../../ports/observation';
import { isBetter, knowsBest } from '../sources/source-ranks';
import type { TrackedCall } from './tracked-call';

/**
 * A better source than the one that told a time knows it better: one that looks at a call in its midst takes that moment
 * for its beginning. Hooks are told of late, so they only ever make a time earlier.
 */
export function correctTimes({ call, times }: TrackedCall, seen: CallObservation, now: number): void {
  const { source, state } = seen;
  const time = Math.min(seen.time, now);
  const isTrue = (told: number, by: Source): boolean => isBetter(source, by) && (knowsBest(source) || time < told);
  const begins = state === 'ringing' || state === 'dialing';
  if (begins && isTrue(call.startTime, times.start)) {
    call.startTime = Math.min(time, call.answerTime ?? time);
    times.start = source;
  }
  if (state !== 'connected' || call.answerTime === undefined) return;
  if (!isTrue(call.answerTime, times.answer ?? times.start)) return;
  call.answerTime = Math.max(call.startTime, time);
  times.answer = source;
}
