import type { Reached } from './dial-rate';

/** What all phones of this process together have lately asked of one MicroSIP. Times are by a clock that is never set. */
export interface PeerUse {
  readonly reached: Reached[];
  /** Until when it plays digits that it was given (ms). */
  digitsUntil: number;
}

/** What tells one MicroSIP from another: the id of its process, or the simulated one itself. */
export type Peer = number | object;

const processes = new Map<number, PeerUse>();
const simulated = new WeakMap<object, PeerUse>();
/** Windows gives ids of processes anew, but not so soon that the oldest of this many would matter. */
const MOST_PROCESSES = 1000;

export function freshUse(): PeerUse {
  return { reached: [], digitsUntil: 0 };
}

export function useOf(peer: Peer): PeerUse {
  const known = typeof peer === 'number' ? processes.get(peer) : simulated.get(peer);
  if (known) return known;
  const use = freshUse();
  if (typeof peer === 'number') processes.set(peer, use);
  else simulated.set(peer, use);
  const [oldest] = processes.keys();
  if (processes.size > MOST_PROCESSES && oldest !== undefined) processes.delete(oldest);
  return use;
}
