import type { WindowOptions } from '../peer-window';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import { PhoneError } from '../../phone/errors/phone-error';
import { monotonicMs } from '../../monotonic-ms';
import type { TakenNotification } from '../../documented/notification';
import type { WindowSnapshot } from '../../microsip/window-snapshot';
import { withinTime } from '../../within-time';
import { recordedError } from '../../phone/errors/error-record';
import type { Report, Request, WorkerStart } from './worker-messages';

/** A thread that keeps dying is started again after this time (ms), doubled each time. */
const FIRST_RESTART = 250;
const LONGEST_RESTART = 10_000;
/** After this time (ms) a death is taken for a new trouble. */
const STABLE = 30_000;
/** A thread that waits for MicroSIP cannot be ended before (ms) its wait is over. */
const END_TAKES = 5000;
/** The thread keeps deadlines itself; after this time (ms) beyond one it is taken for dead. */
const GRACE = 200;

interface Pending {
  resolve: () => void;
  reject: (error: PhoneError) => void;
  /** The thread did not answer, or says that MicroSIP did not. */
  late: () => PhoneError;
}

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

interface Running {
  worker: Worker;
  stop: Int32Array;
  startedAt: number;
  threadId?: number;
}

export interface ThreadOptions {
  /** What `new Worker` takes. */
  script: readonly [script: string, options: WorkerOptions];
  window: WindowOptions;
  wake: (threadId: number) => void;
  onSnapshot: (snapshot: WindowSnapshot) => void;
  onNotification: (taken: TakenNotification) => void;
}

const threads = new Set<PhoneThread>();

/** The main thread's end of one phone's thread: starts it, asks it, and starts it again when it dies. */
export class PhoneThread {
  private running: Running | undefined;
  private restart: NodeJS.Timeout | undefined;
  private restartDelay = FIRST_RESTART;
  private ended = false;
  private lastId = 0;
  private readonly pending = new Map<number, Pending>();
  private readonly first: Promise<void>;
  private firstLook: { resolve: () => void; reject: (error: Error) => void } | undefined;

  constructor(private readonly options: ThreadOptions) {
    this.first = new Promise((resolve, reject) => {
      this.firstLook = { resolve, reject };
    });
    // Whoever stops the thread before its first look need not wait for it.
    this.first.catch(() => undefined);
    if (threads.size === 0) process.on('exit', endAll);
    threads.add(this);
    this.launch();
  }

  /**
   * Resolves after the first look.
   * @throws PhoneError `unsupported` when the thread cannot work here, `closed` when it was stopped before
   */
  firstLooked(): Promise<void> {
    return this.first;
  }

  /**
   * @param timeout ms that the requester waits
   * @throws PhoneError what the thread answers; `timeout` when it does not
   */
  async ask(request: WithoutId<Request>, timeout: number): Promise<void> {
    const late = (): PhoneError => new PhoneError('timeout', 'default', { timeout });
    const { running } = this;
    if (this.ended) throw new PhoneError('closed');
    if (!running) throw late();
    this.lastId += 1;
    const id = this.lastId;
    const answer = new Promise<void>((resolve, reject) => {
      this.pending.set(id, { resolve, reject, late });
    });
    running.worker.postMessage({ ...request, id });
    this.wake();
    await withinTime(answer, timeout + GRACE, {
      late: async () => {
        // If it was this program that was busy, the answer lies ready and is taken first.
        await nextTurn();
        throw late();
      },
    });
  }

  /** Resolves when the thread is gone. */
  async stop(): Promise<void> {
    this.ended = true;
    threads.delete(this);
    if (threads.size === 0) process.off('exit', endAll);
    clearTimeout(this.restart);
    this.fail(() => new PhoneError('closed', 'closing'));
    this.firstLook?.reject(new PhoneError('closed', 'closing'));
    const { running } = this;
    if (!running) return;
    const gone = new Promise<void>((resolve) =>
      running.worker.once('exit', () => {
        resolve();
      }),
    );
    this.end();
    await withinTime(gone, END_TAKES, { late: () => void running.worker.terminate() });
  }

  /** Makes the thread end as soon as its present wait is over. */
  end(): void {
    if (!this.running) return;
    Atomics.store(this.running.stop, 0, 1);
    this.wake();
  }

  private launch(): void {
    const shared = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    const workerData: WorkerStart = { ...this.options.window, stop: shared };
    const [script, options] = this.options.script;
    const worker = new Worker(script, { ...options, workerData });
    const running: Running = { worker, stop: new Int32Array(shared), startedAt: monotonicMs() };
    this.running = running;
    worker.on('message', (report: Report) => {
      this.onReport(running, report);
    });
    let cause: Error | undefined;
    worker.on('error', (error: Error) => {
      cause = error;
    });
    worker.once('exit', () => {
      this.onExit(running, cause);
    });
  }

  private onReport(running: Running, report: Report): void {
    if (this.ended) return;
    switch (report.type) {
      case 'running':
        running.threadId = report.threadId;
        // What was asked meanwhile could not wake it.
        this.wake();
        break;
      case 'snapshot':
        this.options.onSnapshot(report.snapshot);
        this.firstLook?.resolve();
        this.firstLook = undefined;
        break;
      case 'answer': {
        const pending = this.pending.get(report.id);
        this.pending.delete(report.id);
        if (report.failure === undefined) pending?.resolve();
        else pending?.reject(report.failure === 'late' ? pending.late() : recordedError(report.failure));
        break;
      }
      case 'notification':
        this.options.onNotification(report.taken);
        break;
      case 'unable':
        this.firstLook?.reject(recordedError(report.failure));
        this.firstLook = undefined;
        break;
    }
  }

  private onExit(running: Running, cause: Error | undefined): void {
    if (this.running === running) this.running = undefined;
    if (this.ended) return;
    this.fail(({ late }) => late());
    // It never worked: then it is told to whoever opens the phone, and not tried over and over.
    if (this.firstLook && cause) {
      this.firstLook.reject(new PhoneError('unsupported', 'native_module', { why: cause.message }));
      this.firstLook = undefined;
      return;
    }
    if (monotonicMs() - running.startedAt > STABLE) this.restartDelay = FIRST_RESTART;
    this.restart = setTimeout(() => {
      this.launch();
    }, this.restartDelay);
    this.restartDelay = Math.min(this.restartDelay * 2, LONGEST_RESTART);
  }

  private wake(): void {
    const threadId = this.running?.threadId;
    if (threadId !== undefined) this.options.wake(threadId);
  }

  private fail(error: (pending: Pending) => PhoneError): void {
    for (const pending of this.pending.values()) pending.reject(error(pending));
    this.pending.clear();
  }
}

/** Without this the end of the program would wait for the waits of its threads. */
function endAll(): void {
  for (const thread of threads) thread.end();
}
