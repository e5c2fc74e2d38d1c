import { dirname } from 'node:path';
import { unquotedPath } from '../../microsip/program-path';
import { desktopFolder, installedProgram } from './registry';
import { microsipFiles, type MicrosipFiles } from '../../microsip/microsip-files';

/** The program that a setting means; empty: the installed one. Undefined where none is known. */
export function programOf(setting: string): string | undefined {
  return setting === '' ? registryProgram() : unquotedPath(setting);
}

/** Where this program keeps its files on this computer. */
export function filesOf(program: string | undefined): MicrosipFiles | undefined {
  if (program === undefined) return undefined;
  const installed = registryProgram();
  return microsipFiles(program, installed === undefined ? undefined : dirname(installed));
}

/** The desktop of the user of this computer; undefined where there is none. */
export function userDesktop(): string | undefined {
  return process.platform === 'win32' ? desktopFolder() : undefined;
}

function registryProgram(): string | undefined {
  return process.platform === 'win32' ? installedProgram() : undefined;
}
