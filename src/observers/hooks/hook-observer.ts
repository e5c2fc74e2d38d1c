import { steadyNow } from '../../clock';
import type { Call } from '../../phone/calls/call';
import type { Observation } from '../../phone/ports/observation';
import type { Observer } from '../../phone/ports/observer';
import type { PhoneEvent } from '../../phone/phone-event';
import { carriedCall } from './carried-calls';
import { HookCorrelator } from './hook-correlator';
import type { Hook } from '../../microsip/hook-names';
import { HookReceiver, type HookWarning } from './hook-receiver';

export interface HookObserverOptions {
  /** Where the hook programs of this MicroSIP report: `hookPipe(…)`, or a way to learn it. */
  pipe: string | (() => Promise<string>);
  /** Told at most once for each kind of trouble; the observer goes on. */
  warn: (warning: HookWarning) => void;
  /** Whether MicroSIP takes only one call; it makes up for lost hooks. Absent or undefined: not known. */
  singleMode?: () => boolean | undefined;
  /** The calls that the phone knows to go on when the observer is started. */
  openCalls?: () => readonly Call[];
  now?: () => number;
}

/** How long (ms) a second look waits for hook programs that are just handing over. */
const SETTLE = 100;

/**
 * Learns of calls from the programs that MicroSIP runs. A hook tells of a change, never of how things stand: of calls that
 * began before it was started it only knows what the phone knows.
 */
export class HookObserver implements Observer {
  private readonly now: () => number;
  private readonly receiver: HookReceiver;
  private correlator = new HookCorrelator();
  private report: ((observation: Observation) => void) | undefined;
  private alarm: NodeJS.Timeout | undefined;

  constructor(private readonly options: HookObserverOptions) {
    const { pipe, warn, now = steadyNow } = options;
    this.now = now;
    this.receiver = new HookReceiver({
      pipe,
      now,
      warn,
      onHook: (hook) => {
        this.take(hook);
      },
    });
  }

  async start(report: (observation: Observation) => void): Promise<void> {
    // Keys of an earlier run must not come again; no run has as many calls as it lasts milliseconds.
    this.correlator = new HookCorrelator(this.now(), this.options.openCalls?.().map(carriedCall));
    this.report = report;
    await this.receiver.start();
  }

  async refresh(): Promise<void> {
    await this.receiver.settle(SETTLE);
  }

  async stop(): Promise<void> {
    this.report = undefined;
    clearTimeout(this.alarm);
    await this.receiver.stop();
  }

  noteEvent({ event, call }: PhoneEvent): void {
    if (event === 'ended') this.correlator.forget(call.callId);
  }

  private take(hook: Hook): void {
    this.tell(this.correlator.take(hook, this.options.singleMode?.()));
  }

  private tell(observations: Observation[]): void {
    for (const observation of observations) this.report?.(observation);
    clearTimeout(this.alarm);
    const { nextDeadline } = this.correlator;
    if (nextDeadline === undefined || !this.report) return;
    const wait = Math.max(nextDeadline - this.now(), 0);
    this.alarm = setTimeout(() => {
      this.tell(this.correlator.passTime(this.now()));
    }, wait);
    this.alarm.unref();
  }
}
