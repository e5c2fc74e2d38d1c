import type { WindowSnapshot } from '../../microsip/window-snapshot';
import { WindowSession } from '../thread/window-session';

/** ms between two looks, and how often a MicroSIP that does not answer is looked at before it is said to hang. */
const LOOK_EVERY = 600;
const MOST_LOOKS = 4;
/** ms */
const PATIENCE = 1000;

/**
 * Looks at the windows of a MicroSIP once, on a thread of its own.
 * @param program path of the program file
 * @returns undefined when there was nothing to be seen
 */
export async function lookOnce(program: string): Promise<WindowSnapshot | undefined> {
  const session = new WindowSession({ program, pollInterval: LOOK_EVERY, timeout: PATIENCE });
  try {
    await session.start();
    for (let looks = 1; ; looks += 1) {
      await session.refresh();
      const { snapshot } = session;
      if (looks === MOST_LOOKS || (snapshot?.presence !== 'hung' && snapshot?.presence !== 'starting')) return snapshot;
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
    }
  } finally {
    await session.stop();
  }
}
