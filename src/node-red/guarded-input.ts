import type { Node, NodeAPI, NodeMessageInFlow } from 'node-red';
import { PhoneError, type ErrorCode } from '../phone/phone-error';
import { localisedError } from './localised-error';

export type Send = (msg: NodeMessageInFlow | (NodeMessageInFlow | null)[]) => void;
type Handler = (msg: NodeMessageInFlow, send: Send) => Promise<void>;

/**
 * The one place where messages enter. Whatever the handler does, `done` is called exactly once and nothing escapes: a
 * rejected input handler would end Node-RED.
 */
export function onInput(
  RED: NodeAPI,
  node: Node,
  handler: Handler,
  onError: (code: ErrorCode | 'unexpected') => void,
): void {
  // Three plain parameters: Node-RED looks at the number of them.
  node.on('input', (msg, send, done) => {
    guarded(() => handler(msg, send)).then(
      () => {
        done();
      },
      (error: unknown) => {
        onError(error instanceof PhoneError ? error.code : 'unexpected');
        done(localisedError(RED, error));
      },
    );
  });
}

/** A handler that throws before its first await gives a rejection too. */
async function guarded(run: () => Promise<void>): Promise<void> {
  await run();
}
