import type { WindowSnapshot } from '../../microsip/window-snapshot';
import { memoryOf, type ProcessMemory } from '../process-memory';
import type { StatusCall } from './status-interpreter';

/** The status has no name for its call. */
export type StatusMemory = ProcessMemory<StatusCall>;

/** An attempt that was not watched for longer than this (ms) may be another one by now. */
const ATTEMPT_KEEPS = 60_000;

/** The call of the peer that is seen now, when it may be going on. */
export function recalledCall(
  left: StatusMemory | undefined,
  snapshot: WindowSnapshot,
  time: number,
): StatusCall | undefined {
  const memory = memoryOf(left, snapshot);
  const [call] = memory?.calls ?? [];
  if (!memory || !call) return undefined;
  const answered = call.state === 'connected' || call.state === 'held';
  return answered || time - memory.time <= ATTEMPT_KEEPS ? { ...call } : undefined;
}
