import { realpathSync } from 'node:fs';
import { win32 } from 'node:path';

/** MicroSIP's own file name; its ini and log are named after it. */
const USUAL_NAME = 'microsip.exe';

/** A path without the quotes that Explorer's "Copy as path" puts around it. */
export function unquotedPath(path: string): string {
  return path
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim();
}

/** A path as people write it, made plain: no quotes, one kind of separator. */
export function plainProgramPath(path: string): string {
  const unquoted = unquotedPath(path);
  return unquoted === '' ? '' : win32.normalize(unquoted);
}

/** Whether two paths name the same program file, also by way of short names, links and mapped folders. */
export function sameProgram(a: string, b: string): boolean {
  const [plainA, plainB] = [plainProgramPath(a).toLowerCase(), plainProgramPath(b).toLowerCase()];
  return plainA === plainB || realPath(plainA) === realPath(plainB);
}

/** The name of the program file in lower case. */
export function programName(path: string): string {
  return win32.basename(plainProgramPath(path)).toLowerCase() || USUAL_NAME;
}

function realPath(path: string): string {
  try {
    return realpathSync.native(path).toLowerCase();
  } catch {
    return path;
  }
}
