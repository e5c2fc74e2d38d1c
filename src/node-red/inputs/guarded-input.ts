import type { Node, NodeAPI, NodeMessageInFlow } from 'node-red';
import { PhoneError, type ErrorCode } from '../../phone/errors/phone-error';
import { guarded } from './guarded';
import { localisedError } from './localised-error';
import { shallowCopy } from '../messages/outgoing-message';

export type Send = (msg: NodeMessageInFlow | (NodeMessageInFlow | null)[]) => void;
type Handler = (msg: NodeMessageInFlow, send: Send) => Promise<void>;
type Done = (error?: Error) => void;

/**
 * The one place where messages enter. Whatever the handler does, `done` is called exactly once and nothing escapes: a
 * rejected input handler would end Node-RED, and so would a `done` that throws, as it does for a message that has a field
 * `hasOwnProperty` or no prototype.
 */
export function onInput(
  RED: NodeAPI,
  node: Node,
  handler: Handler,
  onError: (code: ErrorCode | 'unexpected') => void,
): void {
  // Three plain parameters: Node-RED looks at the number of them.
  node.on('input', (msg, send, done) => {
    const guardedSend: Send = (outgoing) => {
      guarded(node, () => {
        send(outgoing);
      });
    };
    started(() => handler(msg, guardedSend)).then(
      () => {
        guarded(node, () => {
          done();
        });
      },
      (error: unknown) => {
        guarded(node, () => {
          onError(error instanceof PhoneError ? error.code : 'unexpected');
        });
        guarded(node, () => {
          fail(node, done, localisedError(RED, error), msg);
        });
      },
    );
  });
}

/** A handler that throws before its first await gives a rejection too. */
async function started(run: () => Promise<void>): Promise<void> {
  await run();
}

/** Catch nodes get the error also of a message that Node-RED cannot handle: with what can be passed on of it. */
function fail(node: Node, done: Done, error: Error, msg: NodeMessageInFlow): void {
  const attempts = [
    () => {
      done(error);
    },
    () => {
      node.error(error, plain(msg));
    },
  ];
  for (const attempt of attempts) {
    try {
      attempt();
      return;
    } catch {
      // Node-RED asks the message itself for its fields, and copies all of it.
    }
  }
  node.error(error, {});
}

/** Without the fields that hide what every object has. */
function plain(msg: NodeMessageInFlow): NodeMessageInFlow {
  const fields = Object.entries(shallowCopy(msg)).filter(([name]) => !(name in Object.prototype));
  return Object.fromEntries(fields) as unknown as NodeMessageInFlow;
}
