/** What happens in a call of this benchmark, as the events of call status name it. */
export const STEPS = ['incoming', 'answered', 'ended'] as const;

/** Callers have these numbers, so that each event names the call that it is of. */
const FIRST_NUMBER = 10_000_000;

export const phoneId = (phone: number): string => `desk-${phone}`;
export const phoneOf = (id: string): number => Number(id.slice('desk-'.length));
export const numberOf = (call: number): string => String(FIRST_NUMBER + call);

/** @returns which step of its phone that is, from 0 on; undefined for what is none of a call that was played */
export function stepOf(event: string, number: string): number | undefined {
  const step = (STEPS as readonly string[]).indexOf(event);
  const call = Number(number) - FIRST_NUMBER;
  return step >= 0 && call >= 0 ? call * STEPS.length + step : undefined;
}
