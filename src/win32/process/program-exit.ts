import { exitsByCommand } from '../../microsip/microsip-protocol';
import { kernel32 } from '../api/kernel32';
import { monotonicMs } from '../../monotonic-ms';
import { processesNamed, processFacts } from './processes';
import { programName, sameProgram } from '../../microsip/program-path';
import { forgetProgramVersion, programVersion } from '../installation/program-version';
import { user32 } from '../api/user32';
import { mainWindowsOf } from '../window/window-search';

const WM_CLOSE = 0x0010;
const WM_COMMAND = 0x0111;
/** The menu's Exit (docs/microsip/interface.md#7.5). */
const EXIT_COMMAND = 32784;
const ERROR_ACCESS_DENIED = 5;
const LOOK_EVERY = 100;

/**
 * - `no_window`: it has no window here, because it runs in another session or is only just starting.
 * - `denied`: it runs as administrator and we do not.
 * - `stays`: it was told, but has not ended in time.
 */
export type ExitTrouble = 'no_window' | 'denied' | 'stays';

/** The processes that were started from a program file, in all sessions. */
export function processesOf(program: string): number[] {
  return processesNamed(programName(program)).filter((pid) => {
    const image = processFacts(pid).program;
    return image !== undefined && sameProgram(image, program);
  });
}

/**
 * Tells a MicroSIP to exit, as its own `/exit` does, but posted: a MicroSIP that hangs cannot hold us up.
 * @param ms longest time until it has ended
 * @param processes those that are meant, asked again and again
 * @returns undefined when it has
 */
export async function exitProgram(
  program: string,
  ms: number,
  processes: () => readonly number[] = () => processesOf(program),
): Promise<ExitTrouble | undefined> {
  const windows = mainWindowsOf(processes());
  if (windows.length === 0) return processes().length === 0 ? undefined : 'no_window';
  const [message, wParam] = exitMessage(program);
  for (const hwnd of windows) {
    if (user32().PostMessageW(hwnd, message, wParam, 0) !== 0) continue;
    if (kernel32().GetLastError() === ERROR_ACCESS_DENIED) return 'denied';
  }
  const deadline = monotonicMs() + ms;
  while (processes().length > 0) {
    if (monotonicMs() > deadline) return 'stays';
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
  return undefined;
}

function exitMessage(program: string): [message: number, wParam: number] {
  forgetProgramVersion(program);
  return exitsByCommand(programVersion(program)) ? [WM_COMMAND, EXIT_COMMAND] : [WM_CLOSE, 0];
}
