import type { HookName } from '../../microsip/hook-names';
import type { SimulatedCall } from '../calls/simulated-call';
import type { Parts } from '../parts';
import type { HookRunner } from '../simulated-options';
import { printedIdentity } from './sip/sip-address-text';
import { seenIdentity } from './sip/seen-identity';

/** Milliseconds (docs/microsip/interface.md#3, "Command construction"). */
const LONGEST_WAIT = 10_000;

/** Runs hooks in the middle of what MicroSIP's windows do. */
export class CallHooks {
  constructor(
    private readonly parts: Parts,
    private readonly run: HookRunner,
  ) {}

  /** @param call gives the parameter: the user part, and for an end without one the host */
  fire(name: HookName, call: SimulatedCall): void {
    const { user, domain } = seenIdentity(printedIdentity(call));
    const isEnd = name === 'cmdCallEnd' || name === 'cmdCallBusy';
    this.parts.ui.proceed(() => {
      this.wait(name, user === '' && isEnd ? domain : user);
    });
  }

  private wait(name: HookName, parameter: string): void {
    const { timers, ui } = this.parts;
    let running: void | Promise<void>;
    try {
      running = this.run(name, parameter);
    } catch {
      return;
    }
    if (!running) return;
    const release = ui.hold();
    const cancel = timers.after(LONGEST_WAIT, release);
    const over = (): void => {
      cancel();
      release();
    };
    running.then(over, over);
  }
}
