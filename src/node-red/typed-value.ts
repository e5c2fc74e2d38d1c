import type { Node, NodeAPI, NodeMessage } from 'node-red';

/** The value of a typed input. Context stores and JSONata answer later, so this is never synchronous. */
export function typedValue(RED: NodeAPI, node: Node, value: string, type: string, msg: NodeMessage): Promise<unknown> {
  return new Promise((resolve, reject) => {
    RED.util.evaluateNodeProperty(value, type, node, msg, (error: Error | null, result: unknown) => {
      if (error) reject(error);
      else resolve(result);
    });
  });
}
