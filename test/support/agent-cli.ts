import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAgent } from '../../src/agent/agent';
import { SchedulerError, type TaskScheduler } from '../../src/agent/logon-task/schtasks';
import { runAgentCli } from '../../src/agent/program/agent-cli';
import type { CliSurroundings } from '../../src/agent/program/cli-surroundings';
import { systemClock } from '../../src/clock';

/** The program `microsip-agent` in this process, with a folder of its own; for the suite in which this is made. */
export class AgentProgram {
  folder = '';
  lines: string[] = [];
  log: string[] = [];
  questions: string[] = [];
  /** The tasks of the stand-in for Windows' Task Scheduler. */
  tasks = new Map<string, string>();
  refusal: string | undefined;
  answer: boolean | undefined;
  signals = new EventEmitter();
  exits: number[] = [];
  start: CliSurroundings['start'] = startAgent;

  constructor() {
    beforeEach(() => {
      this.folder = mkdtempSync(join(tmpdir(), 'agent-program-'));
      this.signals = new EventEmitter();
      [this.lines, this.log, this.questions, this.exits] = [[], [], [], []];
      this.tasks.clear();
      this.refusal = undefined;
      this.answer = undefined;
      this.start = startAgent;
    });
    afterEach(() => {
      rmSync(this.folder, { recursive: true, maxRetries: 5 });
    });
  }

  /** Writes its file. */
  file(config: object | string, name = 'agent.json'): string {
    const path = join(this.folder, name);
    writeFileSync(path, typeof config === 'string' ? config : JSON.stringify(config), { mode: 0o600 });
    return path;
  }

  /** @returns the exit code */
  run(args: readonly string[], more: Partial<CliSurroundings> = {}): Promise<number> {
    const { answer } = this;
    return runAgentCli(args, {
      print: (line) => this.lines.push(line),
      printLog: (line) => this.log.push(line),
      isTerminal: false,
      ...(answer !== undefined && {
        ask: (question) => {
          this.questions.push(question);
          return Promise.resolve(answer);
        },
      }),
      env: {},
      clock: systemClock,
      directory: this.folder,
      version: '1.2.3',
      platform: 'win32',
      task: { userName: 'ada', program: ['C:\\node.exe', 'C:\\agent.js'] },
      scheduler: this.scheduler(),
      signals: this.signals as unknown as CliSurroundings['signals'],
      start: (config, world) => this.start(config, world),
      exit: (code) => this.exits.push(code),
      ...more,
    });
  }

  /** What it has printed as JSON. */
  json(): Record<string, unknown> {
    return JSON.parse(this.lines.join('\n')) as Record<string, unknown>;
  }

  /** All that anybody could read. */
  get output(): string {
    return [...this.lines, ...this.log, ...this.questions].join('\n');
  }

  private scheduler(): TaskScheduler {
    const orRefuse = (act: () => void): Promise<void> =>
      new Promise((resolve, reject) => {
        if (this.refusal !== undefined) {
          reject(new SchedulerError(this.refusal));
          return;
        }
        act();
        resolve();
      });
    return {
      create: (name, xml) => orRefuse(() => this.tasks.set(name, xml)),
      start: () => orRefuse(() => undefined),
      stop: () => Promise.resolve(),
      remove: (name) => orRefuse(() => this.tasks.delete(name)),
      find: (name) => Promise.resolve(this.tasks.get(name)),
    };
  }
}
