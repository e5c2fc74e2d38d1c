import { setTimeout as sleep } from 'node:timers/promises';
import type { FinishedCall } from '../../../../src/phone/phone-event';
import { HistoryObserver } from '../../../../src/observers/history/history-observer';
import type { HistoryOptions } from '../../../../src/observers/history/history-options';
import { admitted, admittedFinished } from '../../../../src/phone/calls/observed-texts';
import type { CallTracker } from '../../../../src/phone/tracker/call-tracker';
import { newTracker, eventsOf } from '../../../support/new-tracker';
import { hostOf } from '../../../support/observer-host';
import type { Observation } from '../../../../src/phone/ports/observation';
import type { PhoneError } from '../../../../src/phone/errors/phone-error';
import type { PhoneEvent } from '../../../../src/phone/phone-event';

/** An observer, and all that comes out of it. */
export class Watching {
  readonly observations: Observation[] = [];
  readonly events: PhoneEvent[] = [];
  readonly finished: FinishedCall[] = [];
  readonly problems: PhoneError[] = [];
  readonly observer: HistoryObserver;
  private readonly tracker: CallTracker;

  constructor(options: Pick<HistoryOptions, 'database' | 'directory'> & Partial<HistoryOptions>) {
    this.tracker = newTracker();
    this.tracker.observe({ type: 'presence', time: 0, source: 'window', presence: 'ready' });
    this.observer = new HistoryObserver({
      endDelay: 60,
      poll: 100,
      gather: 5,
      iniQuiet: 0,
      ...options,
    });
  }

  async start(): Promise<this> {
    const report = (observation: Observation): void => {
      if (observation.type === 'source_live') return;
      this.observations.push(observation);
      this.events.push(...eventsOf(this.tracker.observe(admitted(observation))));
    };
    await this.observer.start(
      hostOf(report, {
        finished: (call) => this.finished.push(admittedFinished(call)),
        problem: (problem) => this.problems.push(problem),
      }),
    );
    return this;
  }

  get eventNames(): string[] {
    return this.events.map(({ event }) => event);
  }

  /** Call-IDs of the finished calls. */
  get finishedKeys(): (string | undefined)[] {
    return this.finished.map(({ call }) => call.sipCallId);
  }
}

/** @throws Error when it does not come true within 20 s */
export async function until(isSo: () => boolean): Promise<void> {
  const end = performance.now() + 20_000;
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`It does not come true: ${isSo.toString()}`);
    await sleep(5);
  }
}
