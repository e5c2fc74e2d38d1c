import type { ConnectFailure } from './connect-failure';

/** ms; a random moment in them, so that many agents do not come at once. */
const QUICK = [100, 1000] as const;
const SOON = [1000, 3500] as const;
const LATER = [1000, 30_000] as const;
const SLOWLY = [15_000, 30_000] as const;
/** For so long (ms) after a loss it is tried often: a broker that is started anew has us back within seconds. */
const OFTEN_FOR = 300_000;
/** ms that the broker has to answer; every third time longer, for slow networks. */
const SHORT = 5000;
const LONG = 15_000;

export interface Attempt {
  protocolVersion: 4 | 5;
  connectTimeout: number;
}

/** When to connect again, and in which version of MQTT. */
export class Reconnecting {
  private failures = 0;
  private lostAt: number | undefined;
  private version: 4 | 5 = 5;
  /** The broker has said that it does not know another one. */
  private settled = false;

  /** @param random 0 to 1 */
  constructor(private readonly random: () => number = Math.random) {}

  get next(): Attempt {
    return { protocolVersion: this.version, connectTimeout: this.failures % 3 === 2 ? LONG : SHORT };
  }

  connected(): void {
    this.failures = 0;
    this.lostAt = undefined;
    // It may have been the network that ended an attempt with MQTT 5.
    if (!this.settled) this.version = 5;
  }

  /** @returns ms to wait after a connection was lost */
  lost(now: number): number {
    this.lostAt = now;
    return this.within(QUICK);
  }

  /** @returns ms to wait after an attempt that failed */
  failed(failure: ConnectFailure, now: number): number {
    this.lostAt ??= now;
    this.failures += 1;
    if (failure.word === 'protocol' && !this.settled) {
      this.settled = true;
      this.version = other(this.version);
      return 0;
    }
    if (failure.wordless && !this.settled) {
      this.version = other(this.version);
      if (this.version === 4) return 0;
    }
    if (failure.isLasting) return this.within(SLOWLY);
    if (this.failures === 1) return this.within(QUICK);
    return this.within(now - this.lostAt < OFTEN_FOR ? SOON : LATER);
  }

  private within([least, most]: readonly [number, number]): number {
    return Math.round(least + this.random() * (most - least));
  }
}

function other(version: 4 | 5): 4 | 5 {
  return version === 5 ? 4 : 5;
}
