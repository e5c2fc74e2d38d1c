import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { monotonicMs } from '../../monotonic-ms';
import { SerialQueue } from '../../serial-queue';
import { PhoneError } from '../../phone/errors/phone-error';

const WORKER = join(__dirname, '../../doctor/program/doctor-worker.js');
/** Requests that may wait for their turn, and for how long (ms): nobody reads what comes later. */
const MOST_WAITING = 8;
const LONGEST_WAIT = 25_000;

/** One at a time: two changes of one ini would undo each other. */
const queue = new SerialQueue();

/**
 * Runs `microsip-doctor` on a thread of its own.
 * @param longest ms; a doctor that is not ready by then is left to itself, and the next one gets a new thread
 * @returns the line that it prints
 * @throws PhoneError `timeout`
 */
export async function runDoctor(args: readonly string[], longest: number, worker = WORKER): Promise<string> {
  if (queue.length >= MOST_WAITING) throw late(longest);
  const asked = monotonicMs();
  return queue.run(async () => {
    if (monotonicMs() - asked > LONGEST_WAIT) throw late(LONGEST_WAIT);
    return runOnce(args, longest, worker);
  });
}

function runOnce(args: readonly string[], longest: number, file: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, { workerData: args });
    const limit = setTimeout(() => {
      // It may be in a call that nothing can end, so nobody waits for its end.
      worker.unref();
      void worker.terminate();
      reject(late(longest));
    }, longest);
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => {
      clearTimeout(limit);
      reject(new Error(`microsip-doctor ended with ${code}`));
    });
  });
}

function late(longest: number): PhoneError {
  return new PhoneError('timeout', 'no_answer', { seconds: longest / 1000 });
}
