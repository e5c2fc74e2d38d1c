import type { Observer, ObserverHost, ObserverMemories, PhoneAct } from '../phone/ports/observer';

/** A MicroSIP that has calls is there. For sources that tell of calls only. */
export class PresenceFromCalls implements Required<Observer> {
  constructor(private readonly observer: Observer) {}

  start(host: ObserverHost): Promise<void> {
    return this.observer.start({
      ...host,
      report: (seen) => {
        if (seen.type === 'call') {
          host.report({ type: 'presence', time: seen.time, source: seen.source, presence: 'ready' });
        }
        host.report(seen);
      },
    });
  }

  refresh(): Promise<void> {
    return this.observer.refresh();
  }

  stop(): Promise<void> {
    return this.observer.stop();
  }

  note(act: PhoneAct): void {
    this.observer.note?.(act);
  }

  memory(): ObserverMemories {
    return this.observer.memory?.() ?? {};
  }
}
