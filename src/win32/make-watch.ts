import { commandIds } from '../links/command-ids';
import { DdeWatch } from './dde-watch';
import { DocumentedDialect } from './documented-dialect';
import { MicrosipDialect } from './microsip-dialect';
import { MicrosipWatch } from './microsip-watch';
import type { PeerWatch } from './peer-watch';
import type { WindowOptions, WindowSnapshot } from './window-snapshot';

/**
 * @param report told of every look that saw something new
 * @param onEvent the peer may have changed; called while the thread looks for messages
 */
export function makeWatch(
  options: WindowOptions,
  report: (snapshot: WindowSnapshot) => void,
  onEvent: () => void,
): PeerWatch {
  const { timeout, commandIds: ids = commandIds(undefined) } = options;
  switch (options.peer ?? 'microsip') {
    case 'microsip':
      return new MicrosipWatch(
        options,
        (found, version) => new MicrosipDialect(found, version, timeout),
        report,
        onEvent,
      );
    case 'documented':
      return new MicrosipWatch(options, (found) => new DocumentedDialect(found, ids, timeout), report, onEvent);
    case 'dde':
      return new DdeWatch(options, report, onEvent);
  }
}
