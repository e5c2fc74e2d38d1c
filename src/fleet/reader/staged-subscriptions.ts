import type { Clock } from '../../clock';
import type { BrokerMessage, BrokerPort } from '../broker/broker-port';

/** ms without a kept message after which the broker has told what it had */
const QUIET = 250;
/** ms that a stage takes at most: there may be no end of messages */
const LONGEST = 5000;
/** So many kept messages a broker may deliver at once, and silently drop the rest (docs/fleet.md). */
const DELIVERED_AT_ONCE = 1000;

export interface Stage {
  filter: string;
  listener: (message: BrokerMessage) => void;
}

/**
 * Subscribes to what the broker has kept, one kind after the other: all at once would be more than it delivers. After each
 * connect anew.
 */
export class StagedSubscriptions {
  private readonly ends: (() => void)[] = [];
  private cancel: (() => void) | undefined;
  private isCut = false;

  constructor(
    private readonly broker: BrokerPort,
    private readonly clock: Clock,
    private readonly stages: readonly Stage[],
  ) {}

  /**
   * @param over called when the broker has told all that it had
   * `isCut`: there may be more that it has not delivered
   */
  start(over: (isCut: boolean) => void): void {
    this.stop();
    this.isCut = false;
    this.enter(0, over);
  }

  stop(): void {
    this.cancel?.();
    this.cancel = undefined;
    for (const end of this.ends.splice(0)) end();
  }

  private enter(index: number, over: (isCut: boolean) => void): void {
    const stage = this.stages[index];
    if (!stage) {
      over(this.isCut);
      return;
    }
    const { clock } = this;
    const began = clock.monotonic();
    let latest = began;
    let kept = 0;
    const wait = (ms: number): void => {
      this.cancel = clock.after(ms, () => {
        const now = clock.monotonic();
        const quiet = now - latest;
        if (quiet < QUIET && now - began < LONGEST) wait(QUIET - quiet);
        else this.enter(index + 1, over);
      });
    };
    wait(QUIET);
    this.ends.push(
      this.broker.subscribe(stage.filter, 1, (message) => {
        if (message.retain) {
          latest = clock.monotonic();
          kept += 1;
          if (kept >= DELIVERED_AT_ONCE) this.isCut = true;
        }
        stage.listener(message);
      }),
    );
  }
}
