import type { NodeAPI } from 'node-red';

const waiting = new Set<() => void>();
const watched = new WeakSet<object>();
let running = false;

/** One listener for all phones: Node-RED warns of more than ten. To be called before flows run. */
export function watchFlows(RED: NodeAPI): void {
  if (watched.has(RED.events)) return;
  watched.add(RED.events);
  RED.events.on('flows:stopping', () => {
    running = false;
  });
  RED.events.on('flows:started', () => {
    running = true;
    for (const listener of [...waiting]) listener();
  });
}

/** Whether all nodes are there; false from the beginning of a deploy to its end. */
export function flowsRun(): boolean {
  return running;
}

/** @returns a function that ends the listening */
export function onFlowsStarted(listener: () => void): () => void {
  waiting.add(listener);
  return () => {
    waiting.delete(listener);
  };
}
