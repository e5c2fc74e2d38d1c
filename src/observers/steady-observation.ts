import { steadyOf, type Clock } from '../clock';
import type { Observation } from '../phone/ports/observation';

/** What a file tells by the wall clock, in the time of this process, which nobody sets. */
export function steadyObservation(seen: Observation, clock: Clock): Observation {
  const time = steadyOf(clock, seen.time);
  if (seen.type === 'call_refused') return { ...seen, time, began: steadyOf(clock, seen.began) };
  if (seen.type === 'call' && seen.answeredAt !== undefined)
    return { ...seen, time, answeredAt: steadyOf(clock, seen.answeredAt) };
  return { ...seen, time };
}
