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
  switch (options.peer ?? 'microsip') {
    case 'microsip':
      return new MicrosipWatch(options, report, onEvent);
    case 'documented':
    case 'dde':
      throw new Error(options.peer);
  }
}
