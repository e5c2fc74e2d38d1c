import type { Observation } from '../phone/ports/observation';
import type { Observer } from '../phone/ports/observer';

/** A MicroSIP that has calls is there. For sources that tell of calls only. */
export class PresenceFromCalls implements Observer {
  constructor(private readonly observer: Observer) {}

  start(report: (observation: Observation) => void): Promise<void> {
    return this.observer.start((seen) => {
      if (seen.type === 'call') {
        report({ type: 'presence', time: seen.time, source: seen.source, presence: 'ready' });
      }
      report(seen);
    });
  }

  refresh(): Promise<void> {
    return this.observer.refresh();
  }

  stop(): Promise<void> {
    return this.observer.stop();
  }

  noteEvent(...args: Parameters<NonNullable<Observer['noteEvent']>>): void {
    this.observer.noteEvent?.(...args);
  }
}
