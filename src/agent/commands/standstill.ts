import { every, type Clock } from '../../clock';

/** ms */
const LOOK = 1000;
/** A process that was held up for less (ms) has only been busy. */
const BUSY = 5000;
/** ms; by then a connection from before has been found to be alive, or is gone. */
const OLD_CONNECTION = 15_000;

/**
 * Notices that this process stood still, as when its computer sleeps: what is read then may have been sent long before, and
 * only what has a time of its own tells. One for all connections of the process.
 */
export class Standstill {
  private alive: number;
  private over = -Infinity;
  private cancel: (() => void) | undefined;

  constructor(private readonly clock: Clock) {
    this.alive = clock.monotonic();
  }

  start(): void {
    this.cancel = every(this.clock, LOOK, () => {
      this.look();
    });
  }

  stop(): void {
    this.cancel?.();
  }

  /**
   * Now, for a connection that is new: nothing can have waited on it.
   * @returns ms, monotonic
   */
  now(): number {
    this.look();
    return this.alive;
  }

  /**
   * Whether what is received now may have been sent before. It is often read before any timer is looked at.
   * @param since when the connection was made, by `now`
   */
  mayBeOld(since: number): boolean {
    this.look();
    return since < this.over && this.alive < this.over + OLD_CONNECTION;
  }

  private look(): void {
    const now = this.clock.monotonic();
    if (now - this.alive > BUSY) this.over = now;
    this.alive = now;
  }
}
