import type { FinishedCall, PhoneEvent, Told } from '../../phone/phone-event';
import { flowsRun, onFlowsStarted } from './flows-run';

/**
 * What a phone tells of for the nodes that send it on. What comes during a deploy waits until all nodes are there: Node-RED
 * drops a message to a node that does not exist yet, and which of two nodes comes first is a matter of chance. It waits for
 * the next phone when this one is deployed anew itself.
 */
export class Outbox {
  private readonly eventListeners = new Set<(event: PhoneEvent) => void>();
  private readonly finishedListeners = new Set<(finished: FinishedCall) => void>();
  private readonly tasks = new Set<() => void>();
  private readonly stopWatching = onFlowsStarted(() => {
    this.handOut();
  });

  /** @param letters what the phone before this one could not hand out */
  constructor(private letters: Told[] = []) {}

  add(letter: Told): void {
    this.letters.push(letter);
    if (flowsRun()) this.handOut();
  }

  /** @returns a function that ends the listening */
  onEvent(listener: (event: PhoneEvent) => void): () => void {
    this.eventListeners.add(listener);
    return () => this.eventListeners.delete(listener);
  }

  /** @returns a function that ends the listening */
  onFinished(listener: (finished: FinishedCall) => void): () => void {
    this.finishedListeners.add(listener);
    return () => this.finishedListeners.delete(listener);
  }

  /**
   * Does something once all nodes are there and all that happened before has been handed out: now, or when a deploy is over.
   * @returns takes it back
   */
  afterwards(task: () => void): () => void {
    const once = (): void => {
      this.tasks.delete(once);
      task();
    };
    this.tasks.add(once);
    if (flowsRun()) this.handOut();
    return () => this.tasks.delete(once);
  }

  /** @returns what could not be handed out */
  close(): Told[] {
    this.stopWatching();
    this.eventListeners.clear();
    this.finishedListeners.clear();
    this.tasks.clear();
    return this.letters.splice(0);
  }

  private handOut(): void {
    for (const letter of this.letters.splice(0)) {
      if ('event' in letter) for (const listener of [...this.eventListeners]) listener(letter.event);
      else for (const listener of [...this.finishedListeners]) listener(letter.finished);
    }
    for (const task of [...this.tasks]) task();
  }
}
