import { isHookName, type Hook } from '../../microsip/hook-names';

/** The longest line in bytes: 4,096 characters, each written as six by JSON, and the rest. */
export const LONGEST_LINE = 32_768;
const LONGEST_PARAMETER = 4_096;
/** A hook program that was started longer ago (ms) than this is not believed about the time. */
const PLAUSIBLE_AGE = 30_000;

export type HookMessage =
  | { type: 'hook'; hook: Hook }
  /** The doctor's trial run of the hook program. */
  | { type: 'trial'; id: string }
  /** The doctor wants to know on this connection when the trial with this id has arrived. */
  | { type: 'watch'; id: string };

/**
 * @param now ms since 1970, evenly counted @param ahead how much more the wall clock says, by which the hook program goes
 * @returns undefined for anything that the hook program or the doctor would not have sent
 */
export function hookMessage(line: string, now: number, ahead = 0): HookMessage | undefined {
  const message = parsed(line);
  if (typeof message !== 'object' || message === null) return undefined;
  const { event, time, parameter, watch } = message as Record<string, unknown>;
  if (isId(watch)) return { type: 'watch', id: watch };
  if (typeof parameter !== 'string' || parameter.length > LONGEST_PARAMETER) return undefined;
  if (event === 'trial') return isId(parameter) ? { type: 'trial', id: parameter } : undefined;
  return isHookName(event)
    ? { type: 'hook', hook: { name: event, time: plausible(time, now, ahead), parameter } }
    : undefined;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-z]{1,40}$/.test(value);
}

function plausible(time: unknown, now: number, ahead: number): number {
  if (typeof time !== 'number') return now;
  const age = now + ahead - time;
  return age >= 0 && age <= PLAUSIBLE_AGE ? Math.round(now - age) : now;
}
