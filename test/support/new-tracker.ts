import { CallTracker } from '../../src/phone/tracker/call-tracker';
import type { TrackerMemory } from '../../src/phone/tracker/state/tracker-memory';

/** A call tracker whose ids are `id1`, `id2` …; without a memory, one whose phone has been open for a while. */
export function newTracker(memory?: TrackerMemory, nextCallId = countingIds()): CallTracker {
  const tracker = new CallTracker({ nextCallId, sameNumber: (a, b) => digits(a) === digits(b), memory });
  if (!memory) tracker.observe({ type: 'looked_around', time: 0 });
  return tracker;
}

export function countingIds(): () => string {
  let id = 0;
  return () => `id${++id}`;
}

/** Without the ways to write an international prefix. */
function digits(number: string): string {
  return (number.split('@', 1)[0] ?? '').replace(/^(?:\+|00)/, '');
}
