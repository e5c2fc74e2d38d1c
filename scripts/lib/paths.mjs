import { existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');
export const CACHE = join(ROOT, '.cache');

/** In the cache, where runs of the Windows side at the same time have to keep apart: WINDOWS_LANE names the run's lane. */
export function inLane(name) {
  const { WINDOWS_LANE: lane } = process.env;
  return join(CACHE, lane ? `${name}-${lane}` : name);
}

/** The full path of a program on PATH, or undefined. */
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
