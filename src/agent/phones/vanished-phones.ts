import type { Clock } from '../../clock';
import { forgetPhone, type Forgotten } from '../check/forget-phone';
import type { AgentConfig } from '../config/agent-config';
import type { AgentLog } from '../log/agent-log';
import type { KeptPast } from '../memory/agent-past';

/** ms between two tries while the broker is away */
const AGAIN = 30_000;

export interface VanishedOptions {
  config: AgentConfig;
  past: KeptPast;
  clock: Clock;
  log: AgentLog;
}

/** Takes what is left at the broker of phones that are no longer in the file. Goes on until that is done. */
export class VanishedPhones {
  private stopped = false;
  private cancel: (() => void) | undefined;

  constructor(private readonly options: VanishedOptions) {}

  async forget(): Promise<void> {
    const { past, log, clock } = this.options;
    for (const id of past.vanished) {
      if (this.isStopped()) return;
      let forgotten: Forgotten;
      try {
        forgotten = await forgetPhone(this.options.config, id, clock);
      } catch {
        // The phones that are there say what is wrong with the broker.
        if (this.isStopped()) return;
        this.cancel = clock.after(AGAIN, () => void this.forget(), { idle: true });
        return;
      }
      // Another agent has it now, or nobody lets us: neither changes by asking again.
      past.forgotten(id);
      log.info('phone_forgotten', { phone: id, done: forgotten.done, ...(!forgotten.done && { why: forgotten.why }) });
    }
  }

  stop(): void {
    this.stopped = true;
    this.cancel?.();
  }

  private isStopped(): boolean {
    return this.stopped;
  }
}
