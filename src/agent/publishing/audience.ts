import type { Clock } from '../../clock';

/**
 * ms after a reconnect in which those who listened may come back: twice what Node-RED's own broker node waits from one attempt
 * to the next, which is 15 s with the settings file that Node-RED installs, and 5 s without.
 */
const HELD_FOR = 30_000;
/** ms */
const TRIED_EACH = 1000;

/**
 * Whether somebody listens to a topic, after the broker was away: those who listened come back later than the one who
 * publishes. While it is not known, one message at a time is published, and the acknowledgement tells.
 */
export class Audience {
  /** Monotonic; undefined: nobody is waited for. */
  private until: number | undefined;
  private isAsked = false;
  private cancelRetry: (() => void) | undefined;

  /** @param retry called when there may be somebody by now */
  constructor(
    private readonly clock: Clock,
    private readonly retry: () => void,
  ) {}

  /** A connection was lost, and is there again. */
  awaitReturn(): void {
    this.goOn();
    this.until = this.clock.monotonic() + HELD_FOR;
  }

  /** Nobody is waited for any more. */
  goOn(): void {
    this.cancelRetry?.();
    this.cancelRetry = undefined;
    this.until = undefined;
    this.isAsked = false;
  }

  /** Nobody listened just now: it is not time yet to try again. */
  get isAway(): boolean {
    return this.cancelRetry !== undefined;
  }

  /** One more may be published now. */
  get takes(): boolean {
    return !this.isAway && !this.isAsked;
  }

  published(): void {
    this.isAsked = this.until !== undefined;
  }

  /** @returns whether that message is done with; else it is to be published again */
  acknowledged(isHeard: boolean): boolean {
    this.isAsked = false;
    if (this.until === undefined) return true;
    if (isHeard || this.clock.monotonic() >= this.until) {
      this.goOn();
      return true;
    }
    this.cancelRetry = this.clock.after(
      TRIED_EACH,
      () => {
        this.cancelRetry = undefined;
        this.retry();
      },
      { idle: true },
    );
    return false;
  }
}
