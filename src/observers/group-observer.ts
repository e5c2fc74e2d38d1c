import {
  memoriesOf,
  type Observer,
  type ObserverHost,
  type ObserverMemories,
  type PhoneAct,
} from '../phone/ports/observer';

/** Several observers that are made anew at each start. */
export class GroupObserver implements Required<Observer> {
  private observers: readonly Observer[] = [];

  constructor(private readonly make: () => readonly Observer[]) {}

  async start(host: ObserverHost): Promise<void> {
    this.observers = this.make();
    await Promise.all(this.observers.map((observer) => observer.start(host)));
  }

  async refresh(): Promise<void> {
    await Promise.all(this.observers.map((observer) => observer.refresh()));
  }

  async stop(): Promise<void> {
    const stopping = this.observers.map((observer) => observer.stop());
    this.observers = [];
    await Promise.all(stopping);
  }

  note(act: PhoneAct): void {
    for (const observer of this.observers) observer.note?.(act);
  }

  memory(): ObserverMemories {
    return memoriesOf(this.observers);
  }
}
