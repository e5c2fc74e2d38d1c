import type { ChildProcess } from 'node:child_process';
import { win32 } from 'node:path';
import { DIALOG_CLASS, mainWindowsOf, processOf, windowsOfClass } from '../window/window-search';
import { spawnSurely } from './spawn-surely';

/** ms between two looks at a second instance that does not end */
const LOOK_EVERY = 100;
/** ms that Windows may take to end a process */
const END_TAKES = 2000;

/**
 * - `exited`: by itself, with this code.
 * - `late`: it did not end in time.
 * - `box`: it shows a message box, and would wait until somebody clicks.
 * - `phone`: it found no first instance and became the phone itself.
 * - `failed`: Windows could not start it.
 * All but those that exited have been ended.
 */
export type SecondEnd =
  { end: 'exited'; code: number } | { end: 'late' | 'box' | 'phone' } | { end: 'failed'; why: string };

/**
 * Starts MicroSIP's program once more, without a shell.
 * @param tail what follows the program's name on the command line, raw: MicroSIP does not take it apart into arguments
 * @param ms how long it may run
 * @returns when it is gone
 */
export async function runSecondInstance(file: string, tail: string, ms: number): Promise<SecondEnd> {
  let child: ChildProcess;
  try {
    // In its own folder, as its shortcut does: relative paths in its settings mean that one.
    child = spawnSurely(file, tail === '' ? [] : [tail], {
      argv0: `"${file}"`,
      cwd: win32.dirname(file),
      stdio: 'ignore',
      windowsVerbatimArguments: true,
    });
  } catch (error) {
    return { end: 'failed', why: String(error) };
  }
  return new Promise((resolve) => {
    const settle = (end: SecondEnd): void => {
      clearInterval(look);
      clearTimeout(limit);
      resolve(end);
    };
    const endIt = (end: SecondEnd): void => {
      clearInterval(look);
      clearTimeout(limit);
      child.removeAllListeners('exit').once('exit', () => {
        settle(end);
      });
      child.kill();
      limit = setTimeout(settle, END_TAKES, end);
    };
    const look = setInterval(() => {
      const shown = shownBy(child.pid);
      if (shown) endIt({ end: shown });
    }, LOOK_EVERY);
    let limit = setTimeout(endIt, ms, { end: 'late' } satisfies SecondEnd);
    child.once('error', ({ message }) => {
      settle({ end: 'failed', why: message });
    });
    child.once('exit', (code) => {
      settle({ end: 'exited', code: code ?? -1 });
    });
  });
}

/** A second instance that does its work has no window. */
function shownBy(pid: number | undefined): 'box' | 'phone' | undefined {
  if (pid === undefined) return undefined;
  if (mainWindowsOf([pid]).length > 0) return 'phone';
  return windowsOfClass(0, DIALOG_CLASS).some((hwnd) => processOf(hwnd) === pid) ? 'box' : undefined;
}
