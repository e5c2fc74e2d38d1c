import type { Node, NodeAPI } from 'node-red';
import { Catalog, nearestLanguage } from '../../catalog';
import { finishedJson } from '../../messages/finished-json';
import { snapshotJson } from '../../messages/snapshot-json';
import { readCommand } from '../../phone/commands/read-command';
import { PhoneError } from '../../phone/errors/phone-error';
import { guarded } from '../inputs/guarded';
import { PhoneUser, type PhoneUserConfig } from '../phones/phone-user';
import type { PhoneNode } from '../phones/phone-service';
import type { CallsToday } from './calls-today';
import { keptCalls } from './kept-calls';
import { ACCESS_VERSION, type DescribedError, type PhoneAccess } from './phone-access';

/** What happened when an error is nobody's on purpose. */
const UNEXPECTED = 'error.config.internal';

export function createAccess(RED: NodeAPI, node: PhoneNode): PhoneAccess {
  const { service } = node;
  const changed = new Set<() => void>();
  let kept: CallsToday | undefined;
  const calls = (): CallsToday => {
    // A phone that no such node uses keeps nothing.
    if (kept) return kept;
    kept = keptCalls(node);
    service.told.onFinished((finished) => {
      kept?.add(finished);
      for (const listener of [...changed]) listener();
    });
    return kept;
  };
  return {
    version: ACCESS_VERSION,
    name: service.name,
    join(user: Node, onChange) {
      calls();
      const tell = (): void => {
        guarded(user, onChange);
      };
      changed.add(tell);
      user.on('close', (done: () => void) => {
        changed.delete(tell);
        done();
      });
      new PhoneUser(RED, user, { phone: node.id } as PhoneUserConfig, { onChange: tell });
    },
    snapshot() {
      const snapshot = service.snapshot();
      return { ...snapshotJson({ phone: service.name, snapshot }), presence: snapshot.presence };
    },
    callsToday() {
      const now = service.snapshot().time;
      return calls()
        .on(now)
        .map((finished) => finishedJson({ phone: service.name, finished }));
    },
    findContacts: (text, most) => service.callers.find(text, most),
    execute: async (command) => service.execute(readCommand(command)),
    describe,
  };
}

function describe(error: unknown, language: string): DescribedError {
  const catalog = new Catalog('common.json', nearestLanguage(language));
  if (!(error instanceof PhoneError)) return { code: 'unexpected', message: catalog.text(UNEXPECTED) };
  return { code: error.code, message: catalog.text(error.messageKey, error.params) };
}
