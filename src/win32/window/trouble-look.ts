import type { WindowSnapshot } from '../../microsip/window-snapshot';
import { makeWatch } from '../thread/make-watch';

/** ms between two looks, and how often a MicroSIP that does not answer is looked at before it is said to hang. */
const LOOK_EVERY = 600;
const MOST_LOOKS = 4;
/** ms */
const PATIENCE = 1000;

/**
 * Looks at the windows of a MicroSIP once. Waits for it, so not for the main thread of Node-RED.
 * @param program path of the program file
 * @returns undefined when there was nothing to be seen
 */
export async function lookOnce(program: string): Promise<WindowSnapshot | undefined> {
  let seen: WindowSnapshot | undefined;
  const watch = makeWatch(
    { program, pollInterval: LOOK_EVERY, timeout: PATIENCE },
    (snapshot) => {
      seen = snapshot;
    },
    () => undefined,
  );
  try {
    for (let looks = 1; ; looks += 1) {
      watch.look(false);
      if (looks === MOST_LOOKS || (seen?.presence !== 'hung' && seen?.presence !== 'starting')) return seen;
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
    }
  } finally {
    watch.close();
  }
}
