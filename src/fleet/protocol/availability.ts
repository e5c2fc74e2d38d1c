import { textOf } from './payload';

/** Whether the agent of a phone is connected; the last will says `offline`. */
export const AVAILABILITIES = ['online', 'offline'] as const;
export type Availability = (typeof AVAILABILITIES)[number];

/** An empty one is a phone that was removed: no availability either. */
export function readAvailability(payload: Uint8Array): Availability | undefined {
  const text = textOf(payload, 16);
  return AVAILABILITIES.find((word) => word === text);
}
