import type { Node, NodeAPI, NodeMessage } from 'node-red';

/**
 * The value of a typed input. Context stores and JSONata answer later, so this is never synchronous. It comes in an object:
 * a value that has a `then` itself would be waited for, perhaps for ever.
 */
export function typedValue(
  RED: NodeAPI,
  node: Node,
  property: string,
  type: string,
  msg: NodeMessage,
): Promise<{ value: unknown }> {
  return new Promise((resolve, reject) => {
    RED.util.evaluateNodeProperty(property, type, node, msg, (error: Error | null, value: unknown) => {
      if (error) reject(error);
      else resolve({ value });
    });
  });
}
