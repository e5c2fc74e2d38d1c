import type { ChildProcess } from 'node:child_process';
import { statSync } from 'node:fs';
import { win32 } from 'node:path';
import { monotonicMs } from '../../monotonic-ms';
import { plainProgramPath } from '../../microsip/program-path';
import { installedProgram } from '../installation/registry';
import { spawnSurely } from './spawn-surely';

/** ms between two attempts */
const RETRY = 30_000;

/** Starts MicroSIP when it is not there. */
export class ProgramStart {
  private triedAt = -Infinity;
  private child: ChildProcess | undefined;
  /** The program file that ended by itself, in order and without ever having had a main window. */
  private expired: string | undefined;

  /** @param program path of the program file; empty: the installed one */
  constructor(private readonly program: string) {}

  /** A build that is too old says so and ends with exit code 0 (docs/microsip/further.md#I): no start helps until there is another one. */
  get hasExpired(): boolean {
    return this.expired !== undefined;
  }

  /** MicroSIP is there, whoever started it. */
  succeeded(): void {
    this.child = undefined;
    this.expired = undefined;
  }

  /** Does nothing soon after the last attempt. */
  start(): void {
    const now = monotonicMs();
    if (now - this.triedAt < RETRY) return;
    this.triedAt = now;
    const file = plainProgramPath(this.program) || installedProgram();
    if (file === undefined) return;
    const build = buildOf(file);
    if (this.expired === build) return;
    this.expired = undefined;
    const child = spawnProgram(file);
    this.child = child;
    child.once('exit', (code) => {
      if (this.child === child && code === 0) this.expired = build;
    });
    // When it cannot be started it goes on being not running, which is what the user gets to see.
    child.once('error', () => undefined);
  }
}

/**
 * Starts a MicroSIP in the tray; it outlives us.
 * @returns when Windows has made the process
 */
export function startProgram(file: string): Promise<void> {
  const child = spawnProgram(file);
  return new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
}

function spawnProgram(file: string): ChildProcess {
  // In its own folder, as its shortcut does: relative paths in its settings mean that one.
  const child = spawnSurely(file, ['/minimized'], { cwd: win32.dirname(file), detached: true, stdio: 'ignore' });
  child.unref();
  return child;
}

/** Tells a program file from the one that an update puts in its place. */
function buildOf(file: string): string {
  const { mtimeMs = 0, size = 0 } = statSync(file, { throwIfNoEntry: false }) ?? {};
  return `${file} ${mtimeMs} ${size}`;
}
