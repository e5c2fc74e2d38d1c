import type { WindowSnapshot } from '../../microsip/window-snapshot';
import { memoryOf, type ProcessMemory } from '../process-memory';
import { isConfirmed, type WindowCall } from './window-call';

/** Keys of calls that have no ringing window any more cannot be read from a window. */
export type WindowMemory = ProcessMemory<WindowCall>;

/** An attempt that was not watched for longer than this (ms) may be another one by now. */
const ATTEMPT_KEEPS = 60_000;
/** The status bar may lag (ms) behind the true age of a call, which it tells once a second. */
const AGE_ERROR = 3000;

let lineKeys = 0;

/** The calls of the process that is seen now that may be going on; whether they are, the windows must show. */
export function recalledCalls(left: WindowMemory | undefined, snapshot: WindowSnapshot, time: number): WindowCall[] {
  const memory = memoryOf(left, snapshot);
  if (!memory) return [];
  const unwatched = time - memory.time;
  return memory.calls
    .filter((call) => isConfirmed(call) || unwatched <= ATTEMPT_KEEPS)
    .map((call) => ({ ...call, missedSince: undefined, seconds: leastAge(call, unwatched) }));
}

/** Never the same, so that no later call is taken for an earlier one. */
export function nextLineKey(pid: number): string {
  lineKeys += 1;
  return `line:${pid}:${lineKeys}`;
}

/** A call that is younger than this now is another one. */
function leastAge({ seconds }: WindowCall, unwatched: number): number | undefined {
  return seconds === undefined ? undefined : seconds + Math.max(0, unwatched - AGE_ERROR) / 1000;
}
