import { parentPort, receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads';
import { PhoneError } from '../../phone/errors/phone-error';
import { currentThreadId, takeMessages, waitForWork } from '../api/message-loop';
import { makeWatch } from './make-watch';
import { monotonicMs } from '../../monotonic-ms';
import { budgetUntil } from '../window/budget';
import { NotificationWindow } from '../window/notification-window';
import { WindowTrouble } from '../window/window-reader';
import type { PeerWatch } from './peer-watch';
import { errorRecord } from '../../phone/errors/error-record';
import type { Failure, Report, Request, WorkerStart } from './worker-messages';

/** Events come in swarms, so a look waits this long (ms) for the rest of them. */
const COALESCE = 4;
/** ms from the end of one look to the next, however many events come; never less than a look takes, or the peer would do
 * nothing but answer */
const LEAST_GAP = 15;

/** The thread of one phone: owns a message loop, and makes all calls that may have to wait for MicroSIP. */
class PhoneWorker {
  private readonly stop: Int32Array;
  private readonly watch: PeerWatch;
  private notifications: NotificationWindow | undefined;
  private nextLook = 0;
  /** Only the poll wants the next look. */
  private casually = true;
  private lookedAt = 0;
  /** ms */
  private lookTook = 0;

  constructor(
    private readonly port: MessagePort,
    private readonly start: WorkerStart,
  ) {
    this.stop = new Int32Array(start.stop);
    this.watch = makeWatch(
      start,
      (snapshot) => {
        this.report({ type: 'snapshot', snapshot });
      },
      () => {
        this.lookSoon();
      },
    );
  }

  run(): void {
    try {
      // Makes the thread's message queue, without which it could not be woken.
      takeMessages();
      if (this.start.notifications) this.notifications = this.openNotifications();
      this.report({ type: 'running', threadId: currentThreadId() });
      this.turn();
    } catch (error) {
      if (!(error instanceof PhoneError)) throw error;
      this.report({ type: 'unable', failure: errorRecord(error) });
    }
  }

  /** Between two turns Node.js has its own turn, which it needs to start a program or to end the thread. */
  private turn(): void {
    if (this.stopped()) {
      this.close();
      return;
    }
    try {
      this.work();
    } catch (error) {
      // The thread dies of this and is started again; Windows must not call a listener of a dead thread.
      this.close();
      throw error;
    }
    setImmediate(() => {
      this.turn();
    });
  }

  private work(): void {
    // What should have ended the wait may have been lost while the thread waited for an answer, as by DDE.
    const early = this.takeRequests();
    const ended = waitForWork(this.watch.process, early.length > 0 ? 0 : this.nextLook - monotonicMs());
    takeMessages();
    const calls = this.watch.notice?.() ?? false;
    if (ended) this.watch.processEnded();
    const refreshes = [...early, ...this.takeRequests()];
    // A call has its texts by now: there is nothing to wait for, as there is with other events.
    const atOnce = ended || calls || refreshes.length > 0;
    if (atOnce || monotonicMs() >= this.nextLook) this.look(this.casually && !atOnce);
    for (const id of refreshes) this.report({ type: 'answer', id });
  }

  /** @returns who asked for a look */
  private takeRequests(): number[] {
    const refreshes: number[] = [];
    for (let next = receiveMessageOnPort(this.port); next && !this.stopped(); next = receiveMessageOnPort(this.port)) {
      const request = next.message as Request;
      if (request.do === 'refresh') refreshes.push(request.id);
      else this.deliver(request);
    }
    return refreshes;
  }

  private deliver({ id, encoded, deadline }: Extract<Request, { do: 'deliver' }>): void {
    try {
      this.watch.deliver(
        encoded,
        budgetUntil(deadline, () => this.stopped()),
      );
      this.report({ type: 'answer', id });
      this.lookSoon();
    } catch (error) {
      const failure = failureOf(error);
      if (failure === undefined) throw error;
      this.report({ type: 'answer', id, failure });
    }
  }

  private look(casually: boolean): void {
    this.nextLook = Infinity;
    this.casually = true;
    const began = monotonicMs();
    this.watch.look(casually);
    this.lookedAt = monotonicMs();
    this.lookTook = this.lookedAt - began;
    this.nextLook = Math.min(this.nextLook, this.lookedAt + Math.max(this.start.pollInterval, this.lookTook));
  }

  private lookSoon(): void {
    this.casually = false;
    const gap = Math.max(LEAST_GAP, this.lookTook);
    this.nextLook = Math.min(this.nextLook, Math.max(monotonicMs() + COALESCE, this.lookedAt + gap));
  }

  private openNotifications(): NotificationWindow {
    return new NotificationWindow({
      accepts: (sender) => this.watch.isPhone(sender),
      take: (taken) => {
        this.report({ type: 'notification', taken });
      },
    });
  }

  private close(): void {
    this.notifications?.close();
    this.watch.close();
  }

  private stopped(): boolean {
    return Atomics.load(this.stop, 0) !== 0;
  }

  private report(report: Report): void {
    this.port.postMessage(report);
  }
}

/** @returns undefined: the thread cannot go on */
function failureOf(error: unknown): Failure | undefined {
  if (error instanceof PhoneError) return errorRecord(error);
  return error instanceof WindowTrouble && error.trouble === 'hung' ? 'late' : undefined;
}

if (parentPort) new PhoneWorker(parentPort, workerData as WorkerStart).run();
