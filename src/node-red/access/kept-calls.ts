import type { Node } from 'node-red';
import { CallsToday } from './calls-today';

const kept = new Map<string, CallsToday>();

/** Today's calls of a phone's node, which a deploy leaves as they are. */
export function keptCalls(node: Node): CallsToday {
  const calls = kept.get(node.id) ?? new CallsToday();
  kept.set(node.id, calls);
  node.on('close', (removed: boolean, done: () => void) => {
    if (removed) kept.delete(node.id);
    done();
  });
  return calls;
}
