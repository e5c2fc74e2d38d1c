import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';

const ATTEMPTS = 3;

/**
 * Starts a program like `spawn`. Windows rarely cannot on a very busy computer (nor can Wine), and Node.js calls that `UNKNOWN`; a
 * file that is missing or forbidden has another name. Nothing has been started then, so it is tried again.
 */
export function spawnSurely(program: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return spawn(program, args, options);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'UNKNOWN' || attempt === ATTEMPTS) throw error;
    }
  }
}
