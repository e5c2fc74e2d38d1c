import { monotonicMs } from './monotonic-ms';

/**
 * Time, for whoever waits, limits, compares or measures: it goes on evenly, whatever becomes of the computer's clock. What
 * people are told goes by the wall clock: `ahead` more.
 */
export interface Clock {
  /** Whole milliseconds since 1970 as this process counts them: never set back or forward. */
  now(): number;
  /** Milliseconds since some moment, as exact as it can be measured; the same in all threads of this process. */
  monotonic(): number;
  /** Milliseconds since 1970 as the computer says: only for what is written down, or compared with what others wrote. */
  wall(): number;
  /** How much more the wall clock says than `now`, in ms: 0 until it is set. */
  ahead(): number;
  /**
   * Runs something once, so many ms from now.
   * @returns what cancels it; harmless when it is over
   */
  after(milliseconds: number, run: () => void, options?: TimerOptions): () => void;
}

export interface TimerOptions {
  /** A program may end before. */
  idle?: boolean;
}

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

/** That of the computer. */
export const systemClock: Clock = {
  now: () => steadyAt(monotonicMs()),
  monotonic: monotonicMs,
  wall: () => Date.now(),
  ahead() {
    const difference = Date.now() - steadyAt(monotonicMs());
    if (Math.abs(difference - ahead) > REGULATED) ahead = Math.abs(difference) > REGULATED ? difference : 0;
    return ahead;
  },
  after(milliseconds, run, { idle = false } = {}) {
    const timer = setTimeout(run, milliseconds);
    if (idle) timer.unref();
    return () => {
      clearTimeout(timer);
    };
  },
};

/** `now` of the system clock at a moment by `monotonicMs`, also of another thread. */
export function steadyAt(monotonic: number): number {
  return Math.floor(EPOCH + monotonic);
}

export function pause(clock: Clock, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(milliseconds, resolve);
  });
}

/**
 * Runs something now and again, so many ms after the time before. A program may end meanwhile.
 * @returns what ends it
 */
export function every(clock: Clock, milliseconds: number, run: () => void): () => void {
  let cancel: () => void;
  const again = (): void => {
    run();
    cancel = clock.after(milliseconds, again, { idle: true });
  };
  again();
  return () => {
    cancel();
  };
}
