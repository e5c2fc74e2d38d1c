import type { NodeAPI } from 'node-red';
import type { FinishedCall } from '../phone/phone-event';

type Listener = (finished: FinishedCall) => void;

const phones = new Set<FinishedCalls>();
const watched = new WeakSet<object>();
let flowsRun = false;

/** One listener for all phones: Node-RED warns of more than ten. */
function watchFlows(RED: NodeAPI): void {
  if (watched.has(RED.events)) return;
  watched.add(RED.events);
  RED.events.on('flows:stopping', () => {
    flowsRun = false;
  });
  RED.events.on('flows:started', () => {
    flowsRun = true;
    for (const phone of phones) phone.handOut();
  });
}

/**
 * The finished calls of one phone, for the nodes that keep a log of them. Calls that come while flows are being started
 * wait until all nodes are there: those that replay what was missed come right when the first node opens the phone, when
 * neither the call log nor the nodes behind it need exist, and Node-RED drops a message to a node that does not.
 */
export class FinishedCalls {
  private readonly listeners = new Set<Listener>();
  private waiting: FinishedCall[] = [];

  constructor(RED: NodeAPI) {
    watchFlows(RED);
    phones.add(this);
  }

  add(finished: FinishedCall): void {
    this.waiting.push(finished);
    if (flowsRun) this.handOut();
  }

  /** @returns a function that ends the listening */
  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  handOut(): void {
    for (const finished of this.waiting.splice(0)) {
      for (const listener of this.listeners) listener(finished);
    }
  }

  dispose(): void {
    phones.delete(this);
    this.listeners.clear();
    this.waiting = [];
  }
}
