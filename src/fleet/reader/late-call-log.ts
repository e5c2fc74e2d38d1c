import type { Clock } from '../../clock';
import type { FinishedCall, PhoneEvent } from '../../phone/phone-event';
import type { UnloggedCalls } from './unlogged-calls';

/** Tells of a call that is over what is known of it, when its agent has not done so after a wait: the call log has no holes. */
export class LateCallLog {
  private cancel: (() => void) | undefined;

  /** @param ms after the latest sign that the agent is telling of calls */
  constructor(
    private readonly clock: Clock,
    private readonly ms: number,
    private readonly unlogged: UnloggedCalls,
    private readonly tell: (finished: FinishedCall) => void,
  ) {}

  /** These were told. What an agent has kept comes behind all events that it has kept. */
  told(events: readonly PhoneEvent[]): void {
    if (events.some(({ event }) => event === 'ended' || event === 'phone_online')) this.wait();
  }

  /** From now on. */
  wait(): void {
    this.stop();
    if (this.unlogged.isEmpty) return;
    const conclude = (): void => {
      this.conclude();
    };
    this.cancel = this.clock.after(this.ms, conclude, { idle: true });
  }

  conclude(): void {
    this.stop();
    for (const finished of this.unlogged.conclude()) this.tell(finished);
  }

  stop(): void {
    this.cancel?.();
    this.cancel = undefined;
  }
}
