import { systemClock, type Clock } from '../../clock';
import { PhoneError } from '../../phone/errors/phone-error';
import type { Observation } from '../../phone/ports/observation';
import { openCalls, type Observer, type ObserverHost, type PhoneAct } from '../../phone/ports/observer';
import { carriedCall } from './carried-calls';
import { HookCorrelator } from './hook-correlator';
import type { Hook } from '../../microsip/hook-names';
import { HookReceiver } from './hook-receiver';

export interface HookObserverOptions {
  /** Where the hook programs of this MicroSIP report: `hookPipe(…)`, or a way to learn it. */
  pipe: string | (() => Promise<string>);
}

/** How long (ms) a second look waits for hook programs that are just handing over. */
const SETTLE = 100;

/**
 * Learns of calls from the programs that MicroSIP runs. A hook tells of a change, never of how things stand: of calls that
 * began before it was started it only knows what the phone knows.
 */
export class HookObserver implements Observer {
  private clock: Clock = systemClock;
  private readonly receiver: HookReceiver;
  private correlator = new HookCorrelator();
  private host: ObserverHost | undefined;
  private cancelAlarm: (() => void) | undefined;

  constructor(options: HookObserverOptions) {
    const { pipe } = options;
    this.receiver = new HookReceiver({
      pipe,
      clock: { now: () => this.clock.now(), ahead: () => this.clock.ahead() },
      warn: (warning) => {
        const where = typeof pipe === 'string' ? { pipe } : {};
        this.host?.problem(new PhoneError('config', `hooks_${warning}`, where));
      },
      onHook: (hook) => {
        this.take(hook);
      },
    });
  }

  async start(host: ObserverHost): Promise<void> {
    this.clock = host.clock;
    // Keys of an earlier run must not come again; no run has as many calls as it lasts milliseconds.
    this.correlator = new HookCorrelator(this.clock.now(), openCalls(host).map(carriedCall));
    this.host = host;
    await this.receiver.start();
  }

  async refresh(): Promise<void> {
    await this.receiver.settle(SETTLE);
  }

  async stop(): Promise<void> {
    this.host = undefined;
    this.cancelAlarm?.();
    await this.receiver.stop();
  }

  note(act: PhoneAct): void {
    if (act.type === 'told' && act.event.event === 'ended') this.correlator.forget(act.event.call.callId);
  }

  private take(hook: Hook): void {
    this.tell(this.correlator.take(hook, this.host?.singleMode()));
  }

  private tell(observations: Observation[]): void {
    for (const observation of observations) this.host?.report(observation);
    this.cancelAlarm?.();
    const { nextDeadline } = this.correlator;
    if (nextDeadline === undefined || !this.host) return;
    const wait = Math.max(nextDeadline - this.clock.now(), 0);
    const passTime = (): void => {
      this.tell(this.correlator.passTime(this.clock.now()));
    };
    this.cancelAlarm = this.clock.after(wait, passTime, { idle: true });
  }
}
