import { Worker } from 'node:worker_threads';
import type { QueryResult } from './call-log-query';
import { recordedError } from '../../../phone/errors/error-record';
import { LaterError, type Want } from '../rows/history-row';
import type { HistoryAnswer, HistoryRequest } from './history-worker';
import { threadScript } from '../../../own-files';
import { slowHistory } from './query-failure';
import { withinTime } from '../../../within-time';

/** ms. The thread limits itself to less; this is for one that no longer can. */
const LONGEST_ANSWER = 10_000;
/** ms without a question after which the thread ends. */
const IDLE = 60_000;

interface Question {
  resolve: (result: QueryResult) => void;
  reject: (error: Error) => void;
}

/**
 * Asks SQLite on a thread of its own, so that nothing in a file can hold up the program. The thread comes with the first
 * question and goes some time after the last. One question at a time.
 */
export class HistoryThread {
  private worker: Worker | undefined;
  private question: Question | undefined;
  private idle: NodeJS.Timeout | undefined;
  /** It was given up and is not gone yet: SQLite hears nobody while it works. */
  private stuck: Worker | undefined;

  /** @throws PhoneError `unsupported`, LaterError */
  async ask(path: string, want: Want): Promise<QueryResult> {
    clearTimeout(this.idle);
    if (this.stuck) throw slowHistory(path);
    const worker = (this.worker ??= this.launch());
    worker.ref();
    const asked = new Promise<QueryResult>((resolve, reject) => {
      this.question = { resolve, reject };
    });
    worker.postMessage({ path, want } satisfies HistoryRequest);
    const late = (): never => {
      this.giveUp(worker);
      throw slowHistory(path);
    };
    return withinTime(asked, LONGEST_ANSWER, { late });
  }

  private launch(): Worker {
    const worker = new Worker(...threadScript('src/observers/history/database/history-worker'));
    worker.on('message', (answer: HistoryAnswer) => {
      const question = this.settled();
      this.rest(worker);
      if ('result' in answer) question?.resolve(answer.result);
      else question?.reject('later' in answer ? new LaterError(answer.later) : recordedError(answer.failure));
    });
    let why = 'the thread has ended';
    worker.on('error', (error: Error) => {
      why = error.message;
    });
    worker.once('exit', () => {
      if (this.stuck === worker) this.stuck = undefined;
      if (this.worker !== worker) return;
      this.worker = undefined;
      this.settled()?.reject(new LaterError(why));
    });
    return worker;
  }

  private settled(): Question | undefined {
    const { question } = this;
    this.question = undefined;
    return question;
  }

  /** The program may end without it. */
  private rest(worker: Worker): void {
    worker.unref();
    this.idle = setTimeout(() => {
      this.end(worker);
    }, IDLE).unref();
  }

  private giveUp(worker: Worker): void {
    this.stuck = worker;
    worker.unref();
    this.question = undefined;
    this.end(worker);
  }

  private end(worker: Worker): void {
    if (this.worker === worker) this.worker = undefined;
    void worker.terminate();
  }
}
