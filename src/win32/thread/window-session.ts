import type { Encoded, MicrosipWindow, WindowOptions } from '../peer-window';
import { steadyAt } from '../../clock';
import { PhoneError } from '../../phone/errors/phone-error';
import { wakeThread } from '../api/message-loop';
import { monotonicMs } from '../../monotonic-ms';
import { nativeModule } from '../api/native-module';
import { threadScript } from '../../own-files';
import type { TakenNotification } from '../../documented/notification';
import { PhoneThread } from './phone-thread';
import type { WindowSnapshot } from '../../microsip/window-snapshot';

/** One MicroSIP on this computer, reached through a thread of its own. */
export class WindowSession implements MicrosipWindow {
  private thread: PhoneThread | undefined;
  private latest: WindowSnapshot | undefined;
  private readonly listeners = new Set<(snapshot: WindowSnapshot) => void>();
  private readonly notified = new Set<(taken: TakenNotification) => void>();
  private readonly options: WindowOptions;

  constructor(options: WindowOptions) {
    const { peer = 'microsip', program = '', startProgram = false, notifications = false } = options;
    const { pollInterval, timeout, commandIds } = options;
    this.options = {
      peer,
      program,
      startProgram,
      pollInterval,
      timeout,
      notifications,
      ...(commandIds && { commandIds }),
    };
  }

  get snapshot(): WindowSnapshot | undefined {
    return this.latest;
  }

  async start(): Promise<void> {
    nativeModule();
    const thread = (this.thread ??= this.launch());
    try {
      await thread.firstLooked();
    } catch (error) {
      if (this.thread === thread) await this.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    const { thread } = this;
    this.thread = undefined;
    this.latest = undefined;
    await thread?.stop();
  }

  async deliver(encoded: Encoded, timeout: number): Promise<void> {
    const { thread } = this;
    if (!thread) throw new PhoneError('closed');
    const deadline = monotonicMs() + timeout;
    await thread.ask({ do: 'deliver', encoded, deadline }, timeout);
  }

  async refresh(): Promise<boolean> {
    try {
      await this.thread?.ask({ do: 'refresh' }, this.options.timeout);
      return this.thread !== undefined;
    } catch {
      return false;
    }
  }

  onSnapshot(listener: (snapshot: WindowSnapshot) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * Told of every message to the notification window, taken or refused; only with the option `notifications`.
   * @returns a function that ends it
   */
  onNotification(listener: (taken: TakenNotification) => void): () => void {
    this.notified.add(listener);
    return () => this.notified.delete(listener);
  }

  private launch(): PhoneThread {
    return new PhoneThread({
      script: threadScript('src/win32/thread/phone-worker'),
      window: this.options,
      wake: wakeThread,
      onSnapshot: ({ time, ...snapshot }) => {
        const latest = { ...snapshot, time: steadyAt(time) };
        this.latest = latest;
        for (const listener of this.listeners) listener(latest);
      },
      onNotification: (taken) => {
        for (const listener of this.notified) listener(taken);
      },
    });
  }
}

/** What one look finds; for the Test button of the editor. */
export type WindowInspection = Pick<
  WindowSnapshot,
  'presence' | 'problem' | 'title' | 'program' | 'version' | 'statusText' | 'pid'
>;

/**
 * Looks once, starts nothing and leaves nothing behind.
 * @throws PhoneError `unsupported` on a computer that cannot have such a connection
 */
export async function inspectWindow(options: WindowOptions): Promise<WindowInspection> {
  const session = new WindowSession({ ...options, startProgram: false });
  try {
    await session.start();
    const { presence = 'absent', problem, title, program, version, statusText, pid } = session.snapshot ?? {};
    return {
      presence,
      ...(problem && { problem }),
      ...(title !== undefined && { title }),
      ...(program !== undefined && { program }),
      ...(version && { version }),
      ...(statusText !== undefined && { statusText }),
      ...(pid !== undefined && { pid }),
    };
  } finally {
    await session.stop();
  }
}
