import { dirname } from 'node:path';
import { microsipFiles } from '../microsip/microsip-files';
import { unquotedPath } from '../microsip/program-path';
import type { WindowSnapshot } from '../microsip/window-snapshot';

type Seen = Pick<WindowSnapshot, 'program' | 'installed'> | undefined;

/**
 * The program that commands are for: the one that runs, else that of the setting, else the installed one. All of it is
 * known from the thread that looks at MicroSIP, so nobody has to ask Windows before a command.
 */
export function localProgram(seen: Seen, setting: string): string | undefined {
  return seen?.program ?? (setting === '' ? seen?.installed : unquotedPath(setting));
}

/** Where its settings are. */
export function localIni(seen: Seen, setting: string): string | undefined {
  const program = localProgram(seen, setting);
  return program === undefined ? undefined : iniOf(program, seen);
}

export function iniOf(program: string, seen: Seen): string {
  return microsipFiles(program, seen?.installed === undefined ? undefined : dirname(seen.installed)).ini;
}
