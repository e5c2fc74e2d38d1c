import { every, type Clock } from '../../clock';

/** ms */
const LOOK = 1000;
/** A process that was held up for less (ms) has only been busy. */
const BUSY = 5000;
/** ms; by then a connection from before has been found to be alive, or is gone. */
const OLD_CONNECTION = 15_000;

/**
 * Notices that this process stood still, as when its computer sleeps: what is read then may have been sent long before, and
 * only what has a time of its own tells.
 */
export class Standstill {
  private alive: number;
  private mayBeOldUntil = -Infinity;
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

  /** Nothing can have waited on a connection that is new. */
  newConnection(): void {
    this.look();
    this.mayBeOldUntil = -Infinity;
  }

  /** What is received now may have been sent before. It is often read before any timer is looked at. */
  get mayBeOld(): boolean {
    this.look();
    return this.alive < this.mayBeOldUntil;
  }

  private look(): void {
    const now = this.clock.monotonic();
    if (now - this.alive > BUSY) this.mayBeOldUntil = now + OLD_CONNECTION;
    this.alive = now;
  }
}
