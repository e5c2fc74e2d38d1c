import { spawn } from 'node:child_process';
import { win32 } from 'node:path';
import { monotonicMs } from '../../monotonic-ms';
import { plainProgramPath } from '../../microsip/program-path';
import { installedProgram } from '../installation/registry';

/** ms between two attempts */
const RETRY = 30_000;

/** Starts MicroSIP when it is not there. */
export class ProgramStart {
  private triedAt = -Infinity;

  /** @param program path of the program file; empty: the installed one */
  constructor(private readonly program: string) {}

  /** Does nothing soon after the last attempt. */
  start(): void {
    const now = monotonicMs();
    if (now - this.triedAt < RETRY) return;
    this.triedAt = now;
    const file = plainProgramPath(this.program) || installedProgram();
    if (file === undefined) return;
    // When it cannot be started it goes on being not running, which is what the user gets to see.
    startProgram(file).catch(() => undefined);
  }
}

/**
 * Starts a MicroSIP in the tray; it outlives us.
 * @returns when Windows has made the process
 */
export function startProgram(file: string): Promise<void> {
  // In its own folder, as its shortcut does: relative paths in its settings mean that one.
  const child = spawn(file, ['/minimized'], { cwd: win32.dirname(file), detached: true, stdio: 'ignore' });
  child.unref();
  return new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
}
