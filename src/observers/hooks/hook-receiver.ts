import { createServer, type Server, type Socket } from 'node:net';
import { monotonicMs } from '../../monotonic-ms';
import type { Clock } from '../../clock';
import { hookMessage, LONGEST_LINE, type HookMessage } from './hook-message';
import type { Hook } from '../../microsip/hook-names';
import { listenOn } from './listen-on';

/**
 * - `bad_message`: something other than the hook program writes to the pipe; it is ignored.
 * - `pipe_taken`: somebody else listens there, such as a second phone for the same MicroSIP. It is tried again.
 * - `pipe_failed`: it cannot be listened there. It is tried again.
 */
export type HookWarning = 'bad_message' | 'pipe_taken' | 'pipe_failed';

export interface HookReceiverOptions {
  /** `hookPipe(…)`, or a way to learn it, which is asked at each attempt. */
  pipe: string | (() => Promise<string>);
  clock: Pick<Clock, 'now' | 'ahead'>;
  onHook: (hook: Hook) => void;
  /** Called at most once for each kind of trouble. */
  warn: (warning: HookWarning) => void;
  /** ms until a pipe that could not be had is tried again */
  retryAfter?: number;
}

/** A connection that has not sent its line in this time (ms) is closed, however much of it it has sent. */
const LONGEST_AGE = 2_000;
/** How long (ms) the doctor may wait on its connection for its trial. */
const LONGEST_WATCH = 15_000;
const MOST_CONNECTIONS = 64;
/** There is one doctor at a time, as a rule. Fewer than connections, so that there is always room for hooks. */
const MOST_WATCHES = 8;

/** Listens for hook programs. What they send is data from strangers: checked, limited, and dropped when it is odd. */
export class HookReceiver {
  private server: Server | undefined;
  private retry: NodeJS.Timeout | undefined;
  private readonly connected = new Set<Socket>();
  private readonly watching = new Map<string, Socket>();
  private readonly ages = new WeakMap<Socket, NodeJS.Timeout>();
  private readonly warned = new Set<HookWarning>();

  constructor(private readonly options: HookReceiverOptions) {}

  /** Resolves after the first attempt, also when it failed. */
  async start(): Promise<void> {
    await this.stop();
    await this.listen();
  }

  async stop(): Promise<void> {
    clearTimeout(this.retry);
    this.retry = undefined;
    const { server } = this;
    this.server = undefined;
    for (const socket of this.connected) socket.destroy();
    this.warned.clear();
    if (server) await closed(server);
  }

  get listening(): boolean {
    return this.server?.listening === true;
  }

  /** Resolves when the lines of all programs that are connected now have been read, or after `limit` ms. */
  async settle(limit: number): Promise<void> {
    const until = monotonicMs() + limit;
    // A program that has just connected is only seen when the event loop comes round.
    do await new Promise((resolve) => setImmediate(resolve));
    while ([...this.connected].some((socket) => !this.isWatching(socket)) && monotonicMs() < until);
  }

  private async listen(): Promise<void> {
    const server = createServer((socket) => {
      this.serve(socket);
    });
    this.server = server;
    const failure = await this.open(server);
    if (this.server !== server) {
      await closed(server);
      return;
    }
    server.on('error', () => {
      this.failed('pipe_failed', server);
    });
    if (!failure) this.warned.clear();
    else this.failed(failure === 'EADDRINUSE' ? 'pipe_taken' : 'pipe_failed', server);
  }

  /** @returns the error code, or undefined when the server listens */
  private async open(server: Server): Promise<string | undefined> {
    const { pipe } = this.options;
    try {
      return await listenOn(server, typeof pipe === 'string' ? pipe : await pipe());
    } catch {
      return 'unknown';
    }
  }

  private failed(warning: HookWarning, server: Server): void {
    if (this.server !== server) return;
    this.server = undefined;
    server.close();
    this.warn(warning);
    this.retry = setTimeout(() => void this.listen(), this.options.retryAfter ?? 5_000);
    this.retry.unref();
  }

  private serve(socket: Socket): void {
    this.makeRoom();
    this.connected.add(socket);
    this.limitAge(socket, LONGEST_AGE);
    const chunks: Buffer[] = [];
    let size = 0;
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      this.connected.delete(socket);
      clearTimeout(this.ages.get(socket));
    });
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      const complete = chunk.includes(0x0a);
      if (!complete && size <= LONGEST_LINE) return;
      socket.removeAllListeners('data').resume();
      const line = Buffer.concat(chunks).toString('utf8').split('\n', 1)[0] ?? '';
      const { clock } = this.options;
      const whole = complete && size <= LONGEST_LINE;
      this.take(whole ? hookMessage(line, clock.now(), clock.ahead()) : undefined, socket);
    });
  }

  private take(message: HookMessage | undefined, socket: Socket): void {
    if (message?.type === 'watch') {
      this.watch(message.id, socket);
      return;
    }
    socket.destroy();
    if (message?.type === 'hook') this.options.onHook(message.hook);
    else if (message?.type === 'trial') this.watching.get(message.id)?.end(`${this.options.clock.now()}\n`);
    else this.warn('bad_message');
  }

  private watch(id: string, socket: Socket): void {
    const [oldest] = this.watching.values();
    const former = this.watching.get(id) ?? (this.watching.size < MOST_WATCHES ? undefined : oldest);
    former?.destroy();
    for (const [one, other] of this.watching) if (other === former) this.watching.delete(one);
    this.watching.set(id, socket);
    this.limitAge(socket, LONGEST_WATCH);
    socket.on('close', () => {
      if (this.watching.get(id) === socket) this.watching.delete(id);
    });
    socket.write('watching\n');
  }

  /** A hook program sends its line at once, so whoever is here for the longest time is none. */
  private makeRoom(): void {
    if (this.connected.size < MOST_CONNECTIONS) return;
    const oldest = [...this.connected].find((socket) => !this.isWatching(socket));
    oldest?.destroy();
  }

  private limitAge(socket: Socket, age: number): void {
    clearTimeout(this.ages.get(socket));
    // What has arrived while this program stood still is read first.
    const timer = setTimeout(() => setImmediate(() => socket.destroy()), age);
    timer.unref();
    this.ages.set(socket, timer);
  }

  private isWatching(socket: Socket): boolean {
    return [...this.watching.values()].includes(socket);
  }

  private warn(warning: HookWarning): void {
    if (this.warned.has(warning)) return;
    this.warned.add(warning);
    this.options.warn(warning);
  }
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}
