import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';

const ATTEMPTS = 3;

/** Wine, when it is very busy, rarely cannot start a process, which Node.js reports as `UNKNOWN`; that is no result. */
export function spawnSurely(program: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return spawn(program, args, options);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'UNKNOWN' || attempt === ATTEMPTS) throw error;
      console.log(`      ${program} did not start: attempt ${attempt} of ${ATTEMPTS}`);
    }
  }
}
