import { monotonicMs } from './monotonic-ms';

/** A wall clock that differs by less (ms) is taken for the same: it is only being regulated. */
const REGULATED = 1000;
/** The wall clock tells whole milliseconds; for no longer than this (ms) is it waited for a new one. */
const TICK = 2;

const EPOCH = epoch();
let ahead = 0;

/** What the wall clock said when the monotonic clock was at 0. */
function epoch(): number {
  const since = monotonicMs();
  const before = Date.now();
  while (Date.now() === before && monotonicMs() - since < TICK);
  return Date.now() - monotonicMs();
}

/**
 * Milliseconds since 1970 as this process counts them: never set back or forward, whatever becomes of the computer's clock.
 * All that waits, limits or compares goes by it. What people are told goes by the wall clock: `clockAhead` more.
 */
export function steadyNow(): number {
  return steadyAt(monotonicMs());
}

/** @param monotonic a moment by `monotonicMs`, also of another thread */
export function steadyAt(monotonic: number): number {
  return Math.floor(EPOCH + monotonic);
}

/** How much more the wall clock says than `steadyNow`, in ms: 0 until it is set. */
export function clockAhead(): number {
  const now = Date.now() - steadyNow();
  if (Math.abs(now - ahead) > REGULATED) ahead = Math.abs(now) > REGULATED ? now : 0;
  return ahead;
}

/** @param wall ms since 1970 by the wall clock, such as a file has it */
export function steadyOf(wall: number): number {
  return wall - clockAhead();
}
