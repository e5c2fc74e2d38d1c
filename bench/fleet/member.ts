import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Asked, Told, Usage } from './messages';

/** ms; a process that takes longer to answer has something wrong. */
const PATIENCE = 120_000;
const GOODBYE = 10_000;

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export interface MemberOptions {
  args: readonly string[];
  /** A folder for profiles of the processor. */
  profiles?: string | undefined;
  told: (told: Told) => void;
}

/** One of the processes that are measured. */
export class Member {
  private readonly child: ChildProcess;
  private readonly waiting = new Map<Told['type'], ((told: Told) => void)[]>();

  constructor(script: string, { args, profiles, told }: MemberOptions) {
    this.child = fork(join(__dirname, script), args, {
      execArgv: ['--expose-gc', ...(profiles === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', profiles])],
    });
    running.add(this.child);
    this.child.once('exit', () => running.delete(this.child));
    this.child.on('message', (message: Told) => {
      told(message);
      this.waiting.get(message.type)?.shift()?.(message);
    });
  }

  ask(asked: Asked): void {
    this.child.send(asked);
  }

  async usage(): Promise<Usage> {
    const told = this.next('usage');
    this.ask({ type: 'usage' });
    return (await told).usage;
  }

  /** What it tells next of a kind. */
  next<T extends Told['type']>(type: T): Promise<Extract<Told, { type: T }>> {
    return new Promise((resolve, reject) => {
      const ended = (code: number | null): void => {
        clearTimeout(timer);
        reject(new Error(`a process of the benchmark ended with ${code ?? 'a signal'}`));
      };
      const timer = setTimeout(() => {
        reject(new Error(`no '${type}' within ${PATIENCE / 1000} s`));
      }, PATIENCE);
      const waiting = this.waiting.get(type) ?? [];
      this.waiting.set(type, waiting);
      waiting.push((told) => {
        clearTimeout(timer);
        this.child.off('exit', ended);
        resolve(told as Extract<Told, { type: T }>);
      });
      this.child.once('exit', ended);
    });
  }

  async stop(): Promise<void> {
    if (!running.has(this.child)) return;
    const ended = once(this.child, 'exit');
    this.ask({ type: 'stop' });
    const timer = setTimeout(() => this.child.kill('SIGKILL'), GOODBYE);
    await ended;
    clearTimeout(timer);
  }
}
