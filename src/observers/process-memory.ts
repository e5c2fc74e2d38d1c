import { processName } from '../microsip/process-name';
import type { WindowSnapshot } from '../microsip/window-snapshot';

/**
 * The calls of one process that an observer leaves for its successor: what it shows has no names for them that would
 * outlive a deploy. Plain data.
 */
export interface ProcessMemory<Call> {
  process: string;
  calls: readonly Call[];
  /** ms since 1970 */
  time: number;
}

/**
 * @param latest what was seen last; undefined when nothing was yet
 * @param before what the observer was left itself: as long as it has met no process, that is all there is
 */
export function processMemory<Call extends object>(
  latest: WindowSnapshot | undefined,
  calls: readonly Call[],
  time: number,
  before: ProcessMemory<Call> | undefined,
): ProcessMemory<Call> | undefined {
  const process = latest && processName(latest);
  if (process === undefined) return before;
  return calls.length > 0 ? { process, calls: calls.map((call) => ({ ...call })), time } : undefined;
}

/** What was left of the process that is seen now. */
export function memoryOf<Call>(
  memory: ProcessMemory<Call> | undefined,
  snapshot: WindowSnapshot,
): ProcessMemory<Call> | undefined {
  return memory?.process === processName(snapshot) ? memory : undefined;
}
