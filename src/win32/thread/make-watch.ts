import type { WindowOptions } from '../peer-window';
import { commandIds } from '../../documented/command-ids';
import { DdeWatch } from '../dde/dde-watch';
import { DocumentedDialect } from '../window/documented-dialect';
import { MicrosipDialect } from '../window/microsip-dialect';
import { MicrosipWatch } from '../window/microsip-watch';
import type { PeerWatch } from './peer-watch';
import type { WindowSnapshot } from '../../microsip/window-snapshot';

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
