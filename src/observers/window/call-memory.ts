import type { WindowSnapshot } from '../../microsip/window-snapshot';
import { processName } from '../../microsip/process-name';
import { isConfirmed, type WindowCall } from './window-call';

interface Memory {
  calls: readonly WindowCall[];
  time: number;
}

/** An attempt that was not watched for longer than this (ms) may be another one by now. */
const ATTEMPT_KEEPS = 60_000;
/** The status bar may lag (ms) behind the true age of a call, which it tells once a second. */
const AGE_ERROR = 3000;
const REMEMBERED_PROCESSES = 16;

const memories = new Map<string, Memory>();
let lineKeys = 0;

/**
 * A deploy replaces the observer while MicroSIP and its calls go on. The keys of calls that have no ringing window any
 * more cannot be read from a window, so they are kept here, as long as this program runs.
 */
export function rememberCalls(snapshot: WindowSnapshot, calls: readonly WindowCall[], time: number): void {
  const key = processName(snapshot);
  if (key === undefined) return;
  memories.delete(key);
  if (calls.length > 0) memories.set(key, { calls, time });
  const [oldest] = memories.keys();
  if (memories.size > REMEMBERED_PROCESSES && oldest !== undefined) memories.delete(oldest);
}

/** The remembered calls of this process that may be going on; whether they are, the windows must show. */
export function recallCalls(snapshot: WindowSnapshot, time: number): readonly WindowCall[] {
  const memory = memories.get(processName(snapshot) ?? '');
  if (!memory) return [];
  const unwatched = time - memory.time;
  return memory.calls
    .filter((call) => isConfirmed(call) || unwatched <= ATTEMPT_KEEPS)
    .map((call) => ({
      ...call,
      ...answeredAt(call, memory.time),
      missedSince: undefined,
      seconds: leastAge(call, unwatched),
    }));
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

/** A phone without a memory of its own has not seen the answer. */
function answeredAt(call: WindowCall, seenAt: number): Pick<WindowCall, 'answeredAt'> {
  if (call.answeredAt !== undefined || !isConfirmed(call) || call.seconds === undefined) return {};
  return { answeredAt: seenAt - call.seconds * 1000 };
}
