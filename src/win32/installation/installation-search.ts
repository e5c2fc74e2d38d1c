import { programVersion } from './program-version';
import { installedProgram } from './registry';
import { titleOf } from '../window/window-reader';
import { mainWindows } from '../window/window-search';

export interface RunningCopy {
  pid: number;
  title: string;
  program?: string;
  version?: string;
}

export interface FoundCopies {
  running: RunningCopy[];
  /** Path of the program file of the installed copy, whether it runs or not. */
  installed?: string;
}

/**
 * The MicroSIPs of this desktop. Asks Windows alone, no window of another program, so it does not wait for any.
 * @throws PhoneError `unsupported`, as `nativeModule`
 */
export function findCopies(): FoundCopies {
  const installed = installedProgram();
  return {
    running: mainWindows().map(({ hwnd, pid, program }) => {
      const version = program === undefined ? undefined : programVersion(program);
      return {
        pid,
        title: titleOf(hwnd),
        ...(program !== undefined && { program }),
        ...(version && { version: version.join('.') }),
      };
    }),
    ...(installed !== undefined && { installed }),
  };
}
