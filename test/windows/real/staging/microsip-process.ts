import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { processesNamed, processFacts } from '../../../../src/win32/process/processes';
import { spawnSurely } from '../../../../src/win32/process/spawn-surely';
import type { PortableCopy } from './portable-copy';

const COMMAND_TIME = 15_000;
const EXIT_TIME = 20_000;
/** So many characters have a time in ms among them. */
const BEGINNING = 200;

/** The program of one portable copy: its processes, its command line, and what its log says of its start. */
export class MicrosipProcess {
  private stale = '';

  constructor(private readonly copy: PortableCopy) {}

  /** @param ready whether it is; asked again and again */
  async start(ready: () => boolean, patience: number): Promise<void> {
    this.expectStart();
    const child = spawnSurely(this.copy.program, ['/minimized'], {
      cwd: dirname(this.copy.program),
      stdio: 'ignore',
    });
    await this.until(ready, patience, () => {
      const state = child.exitCode === null ? 'runs' : `has ended with ${child.exitCode}`;
      return `MicroSIP ${state} and is not ready; its log says: ${this.logged().slice(-500) || 'nothing'}`;
    });
  }

  /** What an earlier run has written is no news. */
  expectStart(): void {
    this.stale = this.written().slice(0, BEGINNING);
  }

  /** Where its SIP is, as its log has it: MicroSIP takes any port that is free. */
  get sipPort(): number | undefined {
    const [last] = [...this.logged().matchAll(/SIP UDP transport started, published address is \S+:(\d+)/g)].slice(-1);
    return last?.[1] === undefined ? undefined : Number(last[1]);
  }

  get hasAccount(): boolean {
    return /Adding account: id=/.test(this.logged());
  }

  get pids(): number[] {
    const { program } = this.copy;
    return processesNamed(basename(program).toLowerCase()).filter(
      (pid) => processFacts(pid).program?.toLowerCase() === program.toLowerCase(),
    );
  }

  /** Resolves when the second instance that hands it over has gone. */
  async command(text: string): Promise<void> {
    const child = spawnSurely(this.copy.program, [text], { cwd: dirname(this.copy.program), stdio: 'ignore' });
    const slow = setTimeout(() => child.kill(), COMMAND_TIME);
    const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
    clearTimeout(slow);
    if (signal !== null) throw new Error(`MicroSIP's second instance did not end: ${text}`);
  }

  async exit(): Promise<void> {
    await this.command('/exit');
    await this.until(
      () => this.pids.length === 0,
      EXIT_TIME,
      () => 'MicroSIP does not exit',
    );
  }

  /** No goodbye. */
  async crash(): Promise<void> {
    for (const pid of this.pids) process.kill(pid, 'SIGKILL');
    await this.until(
      () => this.pids.length === 0,
      EXIT_TIME,
      () => 'MicroSIP cannot be ended',
    );
  }

  private logged(): string {
    const written = this.written();
    return this.stale !== '' && written.startsWith(this.stale) ? '' : written;
  }

  private written(): string {
    return existsSync(this.copy.log) ? readFileSync(this.copy.log, 'latin1') : '';
  }

  async until(done: () => boolean, patience: number, otherwise: () => string): Promise<void> {
    const end = Date.now() + patience;
    while (!done()) {
      if (Date.now() > end) throw new Error(otherwise());
      await sleep(100);
    }
  }
}
