import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { spawnSurely } from '../../../src/win32/process/spawn-surely';

export type StandInVersion = '3.22.16' | '3.22.3' | '3.19.27';

export interface StandInOptions {
  version?: StandInVersion;
  /** More keys of the ini's `[Settings]`. */
  settings?: Record<string, string | number>;
  /** More lines for the end of the ini, such as a section of its own. */
  iniLines?: string[];
  args?: string[];
  env?: Record<string, string>;
  /** Puts the program into a folder of this name, in its own folder. */
  subfolder?: string;
  /** A build that is too old: it puts up a box and ends. */
  expired?: boolean;
  /** Where it looks for its ini when it is an installed copy; otherwise that is beside the program. */
  iniFolder?: string;
}

/** One WM_COPYDATA as the stand-in received it. */
export interface Received {
  time: number;
  dwData: number;
  /** All bytes, in hex. */
  hex: string;
  text: string;
  probe: boolean;
}

const START_TIME = 15_000;

/** Why there is no stand-in on this machine, or undefined. */
export function whyNoStandIn(version: StandInVersion = '3.22.16'): string | undefined {
  return executable(version)
    ? undefined
    : (process.env['STANDIN_MISSING'] ?? 'the stand-in for MicroSIP was not built');
}

function executable(version: StandInVersion): string | undefined {
  return process.env[`STANDIN_EXE_${version.replaceAll('.', '_')}`];
}

/** What Wine answers to taking away a folder that a program still uses, or still writes into. */
const IN_USE = new Set<string | undefined>(['EBUSY', 'ENOTEMPTY']);

/** A running stand-in for MicroSIP in a folder of its own, and the socket on which it is told what happens. */
export class StandIn {
  readonly folder: string;
  readonly program: string;
  readonly ini: string;
  private child: ChildProcess | undefined;
  private socket: Socket | undefined;
  private pending: { resolve: (line: string) => void; reject: (error: Error) => void }[] = [];

  static async start(options: StandInOptions = {}): Promise<StandIn> {
    const standIn = StandIn.place(options);
    await standIn.run();
    return standIn;
  }

  /** Puts everything in its place; `run` starts it. */
  static place(options: StandInOptions = {}): StandIn {
    return new StandIn(options);
  }

  /** One that somebody else has put in its place, with its ini, and will take away. */
  static at(place: { program: string; ini: string }): StandIn {
    return new StandIn({}, place);
  }

  private constructor(
    private readonly options: StandInOptions,
    private readonly given?: { program: string; ini: string },
  ) {
    if (given) {
      [this.folder, this.program, this.ini] = [dirname(given.program), given.program, given.ini];
      return;
    }
    const source = executable(options.version ?? '3.22.16');
    if (!source) throw new Error(whyNoStandIn(options.version) ?? '');
    this.folder = mkdtempSync(join(tmpdir(), 'standin-'));
    const beside = join(this.folder, options.subfolder ?? '.');
    this.program = join(beside, 'MicroSIP.exe');
    this.ini = join(options.iniFolder ?? beside, 'MicroSIP.ini');
    for (const file of [this.program, this.ini]) mkdirSync(dirname(file), { recursive: true });
    copyFileSync(source, this.program);
    if (options.expired) writeFileSync(join(beside, 'standin-expired.txt'), '');
    this.writeIni(options);
  }

  /** Starts the program (again) and waits until its account is registered. */
  async run(): Promise<void> {
    this.expectStart();
    this.child = spawnSurely(this.program, this.options.args ?? ['/minimized'], {
      cwd: dirname(this.program),
      env: { ...process.env, STANDIN_PORT: '0', ...this.options.env },
      stdio: 'ignore',
    });
    await this.started();
  }

  /** Somebody else is going to start the program: `started` waits for that. */
  expectStart(): void {
    rmSync(this.portFile, { force: true });
  }

  /** Waits until the program that somebody has started is ready, and takes over. */
  async started(): Promise<void> {
    const { portFile } = this;
    this.socket?.destroy();
    const end = Date.now() + START_TIME;
    const waitFor = async (what: string, ready: () => boolean | Promise<boolean>): Promise<void> => {
      while (!(await ready())) {
        if (Date.now() > end) throw new Error(`the stand-in does not start: no ${what}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    await waitFor('port', () => existsSync(portFile) && readFileSync(portFile, 'latin1').trim() !== '');
    await this.connect(Number(readFileSync(portFile, 'latin1').trim()));
    if (this.options.expired || this.options.env?.['STANDIN_NOT_READY_MS'] !== undefined) return;
    await waitFor('SIP stack', async () => (await this.request('ready'))[0] === '1');
    await this.sync();
  }

  get log(): string {
    return join(dirname(this.program), 'MicroSIP_log.txt');
  }

  get database(): string {
    return join(dirname(this.ini), 'call_log.db');
  }

  /** undefined as long as it runs */
  get exitCode(): number | undefined {
    return this.child?.exitCode ?? undefined;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  private get portFile(): string {
    return join(dirname(this.program), 'standin-port.txt');
  }

  /**
   * @returns the fields of the reply, not decoded
   * @throws Error when the program ends before it has replied
   */
  async requestRaw(verb: string, ...fields: (string | number)[]): Promise<string[]> {
    const { socket } = this;
    if (!socket) throw new Error('the stand-in does not run');
    const line = [verb, ...fields.map((field) => encodeURIComponent(field))].join('\t');
    const reply = await new Promise<string>((resolve, reject) => {
      this.pending.push({ resolve, reject });
      socket.write(`${line}\n`, (error) => {
        if (error) reject(error);
      });
    });
    const [outcome, ...rest] = reply.split('\t');
    if (outcome !== 'ok') throw new Error(`stand-in: ${verb}: ${reply}`);
    return rest;
  }

  async request(verb: string, ...fields: (string | number)[]): Promise<string[]> {
    return (await this.requestRaw(verb, ...fields)).map(decodeURIComponent);
  }

  /** Does something and waits until it has been done. */
  async act(verb: string, ...fields: (string | number)[]): Promise<string[]> {
    const reply = await this.request(verb, ...fields);
    await this.sync();
    return reply;
  }

  async sync(): Promise<void> {
    await this.request('sync');
  }

  async received(): Promise<Received[]> {
    return (await this.record('copydata')).map(([time = '', , dwData = '', , hex = '', probe = '']) => ({
      time: Number(time),
      dwData: Number(dwData),
      hex,
      text: Buffer.from(hex, 'hex').toString('utf16le').replace(/\0$/, ''),
      probe: probe === 'probe',
    }));
  }

  /** What it really did, such as `dial 0 sip:1001@example.org`. */
  async actions(): Promise<string[]> {
    return (await this.record('action')).map((parts) =>
      parts
        .slice(2)
        .filter((part) => part !== '')
        .join(' '),
    );
  }

  /** No goodbye: the process is gone at once. */
  async crash(): Promise<void> {
    const gone = this.exited();
    await this.crashed();
    await gone;
  }

  /** Ends as by its menu; `run` starts it again. */
  async exit(): Promise<void> {
    const gone = this.exited();
    this.socket?.write('exit\n');
    await gone;
    this.socket?.destroy();
  }

  /** Starts the program once more with this command line, which the one that runs gets to see. */
  async command(text: string): Promise<void> {
    const second = spawnSurely(this.program, [text], { cwd: this.folder, stdio: 'ignore' });
    await once(second, 'exit');
    await this.sync();
  }

  async end(): Promise<void> {
    // The one that was started last may not be our own child.
    await this.crashed();
    if (this.child?.exitCode === null && this.child.signalCode === null) {
      const gone = this.exited();
      this.child.kill();
      await gone;
    }
    this.socket?.destroy();
    if (!this.given) this.removeFolder();
  }

  /** A hook program that Wine lets die slowly may still sit in it: that is no fault of what was tested. */
  private removeFolder(): void {
    try {
      rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    } catch (error) {
      if (!IN_USE.has((error as NodeJS.ErrnoException).code)) throw error;
      console.log(`      left behind, since a program still uses it: ${this.folder}`);
    }
  }

  private async record(kind: string): Promise<string[][]> {
    return (await this.requestRaw('record', kind)).map((entry) => entry.split('|').map(decodeURIComponent));
  }

  private crashed(): Promise<void> {
    const { socket } = this;
    return new Promise((resolve) => {
      if (!socket || socket.closed) resolve();
      else
        socket
          .once('close', () => {
            resolve();
          })
          .write('crash\n');
    });
  }

  private exited(): Promise<void> {
    return new Promise((resolve) => {
      if (!this.child || this.child.exitCode !== null || this.child.signalCode !== null) resolve();
      else
        this.child.once('exit', () => {
          resolve();
        });
    });
  }

  private async connect(port: number): Promise<void> {
    const socket = connect({ port, host: '127.0.0.1' });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    socket.on('error', () => undefined);
    const pending: typeof this.pending = [];
    let rest = '';
    socket.setEncoding('utf8').on('data', (data: string) => {
      const lines = (rest + data).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) pending.shift()?.resolve(line.trimEnd());
    });
    socket.once('close', () => {
      for (const { reject } of pending.splice(0)) reject(new Error('the stand-in ended before it replied'));
    });
    this.socket = socket;
    this.pending = pending;
  }

  private writeIni({ settings = {}, iniLines = [] }: StandInOptions): void {
    const lines = [
      '[Settings]',
      'accountId=1',
      ...Object.entries(settings).map(([key, value]) => `${key}=${value}`),
      '[Account1]',
      'label=Desk',
      'server=pbx.example.test',
      'domain=pbx.example.test',
      'username=1001',
      ...iniLines,
      '',
    ];
    writeFileSync(this.ini, Buffer.from(`\ufeff${lines.join('\r\n')}`, 'utf16le'));
  }
}
