import type { Observation } from '../phone/ports/observation';
import type { Observer } from '../phone/ports/observer';
import type { PhoneEvent } from '../phone/phone-event';

/** Several observers that are made anew at each start. */
export class GroupObserver implements Observer {
  private observers: readonly Observer[] = [];

  constructor(private readonly make: () => readonly Observer[]) {}

  async start(report: (observation: Observation) => void): Promise<void> {
    this.observers = this.make();
    await Promise.all(this.observers.map((observer) => observer.start(report)));
  }

  async refresh(): Promise<void> {
    await Promise.all(this.observers.map((observer) => observer.refresh()));
  }

  async stop(): Promise<void> {
    const stopping = this.observers.map((observer) => observer.stop());
    this.observers = [];
    await Promise.all(stopping);
  }

  noteEvent(event: PhoneEvent): void {
    for (const observer of this.observers) observer.noteEvent?.(event);
  }
}
