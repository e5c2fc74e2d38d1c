import { existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');
export const CACHE = join(ROOT, '.cache');

/** Names one of several runs of the Windows side at the same time, which have to keep apart. */
export const LANE = process.env.WINDOWS_LANE || 'main';

/** Of the MicroSIP that the stand-in plays; the official one has 32. Node.js always has 64. */
export const BITS = process.env.WINDOWS_BITS === '32' ? 32 : 64;

/**
 * What each lane has for itself.
 * @param {string} name
 */
export function inLane(name) {
  return join(CACHE, `${name}-${LANE}`);
}

/**
 * The full path of a program on PATH, or undefined.
 * @param {string} name
 */
export function findProgram(name) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const ending of endings) {
      const candidate = join(folder, name + ending);
      if (folder !== '' && existsSync(candidate)) return candidate;
    }
  }
  return undefined;
}
