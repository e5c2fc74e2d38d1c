import { CallTracker } from '../../src/phone/tracker/call-tracker';
import type { TrackerOptions } from '../../src/phone/tracker/state/tracker-options';
import type { PhoneEvent, Told } from '../../src/phone/phone-event';
import type { TrackerMemory } from '../../src/phone/tracker/state/tracker-memory';

/**
 * A call tracker whose ids are `id1`, `id2` …; without a memory, one whose phone has been open for a while.
 * @param more that its windows tell best whether MicroSIP is there, if nothing else is said
 */
export function newTracker(
  memory?: TrackerMemory,
  nextCallId = countingIds(),
  more: Pick<TrackerOptions, 'presenceSource'> = { presenceSource: 'window' },
): CallTracker {
  const tracker = new CallTracker({ nextCallId, sameNumber: (a, b) => digits(a) === digits(b), memory, ...more });
  if (!memory) tracker.observe({ type: 'looked_around', time: 0 });
  return tracker;
}

/** The events of what a tracker tells. */
export function eventsOf(told: readonly Told[]): PhoneEvent[] {
  return told.flatMap((one) => ('event' in one ? [one.event] : []));
}

export function countingIds(): () => string {
  let id = 0;
  return () => `id${++id}`;
}

/** Without the ways to write an international prefix. */
function digits(number: string): string {
  return (number.split('@', 1)[0] ?? '').replace(/^(?:\+|00)/, '');
}
