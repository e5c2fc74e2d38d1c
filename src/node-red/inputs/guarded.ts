import type { Node } from 'node-red';

/**
 * Runs what belongs to Node-RED or to a flow. Out of a promise, a timer or an event, what it throws would end Node-RED; so
 * it is logged, without a message: a Catch node would take it for a command that failed.
 * @returns whether it went well
 */
export function guarded(node: Node, run: () => void): boolean {
  try {
    run();
    return true;
  } catch (error) {
    logged(node, error);
    return false;
  }
}

function logged(node: Node, error: unknown): void {
  try {
    node.error(error instanceof Error ? error.message : String(error));
  } catch {
    // There is nobody left who could be told.
  }
}
