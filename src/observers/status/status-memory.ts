import type { WindowSnapshot } from '../../microsip/window-snapshot';
import { processName } from '../../microsip/process-name';
import type { StatusCall } from './status-interpreter';

interface Memory {
  call: StatusCall;
  time: number;
}

/** An attempt that was not watched for longer than this (ms) may be another one by now. */
const ATTEMPT_KEEPS = 60_000;
const REMEMBERED_PROCESSES = 16;

const memories = new Map<string, Memory>();

/**
 * A deploy replaces the observer while the peer and its call go on. The status has no name for a call, so it is kept
 * here, as long as this program runs.
 */
export function rememberCall(snapshot: WindowSnapshot, call: StatusCall | undefined, time: number): void {
  const name = processName(snapshot);
  if (name === undefined) return;
  memories.delete(name);
  if (call) memories.set(name, { call, time });
  const [oldest] = memories.keys();
  if (memories.size > REMEMBERED_PROCESSES && oldest !== undefined) memories.delete(oldest);
}

/** The remembered call of this process, when it may be going on. */
export function recallCall(snapshot: WindowSnapshot, time: number): StatusCall | undefined {
  const memory = memories.get(processName(snapshot) ?? '');
  if (!memory) return undefined;
  const { call } = memory;
  const answered = call.state === 'connected' || call.state === 'held';
  return answered || time - memory.time <= ATTEMPT_KEEPS ? call : undefined;
}
