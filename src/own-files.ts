import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { WorkerOptions } from 'node:worker_threads';

// What belongs to this package and is no module: texts, and scripts that run elsewhere. `microsip-agent.exe` has them in
// itself: there `executable/own-files.ts` stands for this file. Paths are those below `dist`, with slashes.

const ROOT = join(__dirname, '..');
const ENDING = extname(__filename);

/** Whether all of the package is one program file, `microsip-agent.exe`, which runs no script of ours from a file. */
export const IS_ONE_FILE: boolean = false;

export function readOwnFile(path: string): Buffer {
  return readFileSync(join(ROOT, path));
}

/** The names of what is in a folder. */
export function namesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder));
}

/**
 * What `new Worker` takes for a script of ours.
 * @param path without its ending
 */
export function threadScript(path: string): [script: string, options: WorkerOptions] {
  // A thread does not inherit what lets a program run the sources as they are.
  return [join(ROOT, path + ENDING), ENDING === '.ts' ? { execArgv: ['--require', 'tsx/cjs'] } : {}];
}

/** The program, and its first arguments, that run a program of this package, such as `microsip-agent`, once more. */
export function ownProgram(name: string): [program: string, ...args: string[]] {
  return [process.execPath, join(ROOT, 'bin', name + ENDING)];
}
