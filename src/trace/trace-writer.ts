import { SerialQueue } from '../serial-queue';
import { addToTrace, type TracePaths } from './own-trace-file';

/** Bytes of each of the two files. */
const LONGEST_FILE = 1_000_000;
/** Characters that wait to be written; what comes while so much waits is lost, and how many lines that were is written. */
const MOST_WAITING = 250_000;
/** ms; lines that come together are written together. */
const GATHER = 200;
/** ms until it is tried again to write where it failed. */
const AFTER_FAILURE = 10_000;

/**
 * All traces of this program are written one after the other: a disk that hangs then keeps but one of the few threads by
 * which Node.js reads and writes files.
 */
const lane = new SerialQueue();

export interface TraceWriterOptions {
  paths: TracePaths;
  /** Told once of each row of failures. */
  onFailure: (error: unknown) => void;
  /** Instead of the disk, for tests. */
  add?: (text: string) => Promise<void>;
}

/** Writes lines into a file, at its leisure: nobody waits for the disk. */
export class TraceWriter {
  private waiting: string[] = [];
  private length = 0;
  private lost = 0;
  private busy = false;
  private failing = false;

  constructor(private readonly options: TraceWriterOptions) {}

  write(line: string): void {
    if (this.length + line.length > MOST_WAITING) {
      this.lost += 1;
      return;
    }
    this.waiting.push(line);
    this.length += line.length;
    this.later(GATHER);
  }

  private later(ms: number): void {
    if (this.busy) return;
    this.busy = true;
    const timer = setTimeout(() => {
      void lane.run(() => this.writeWaiting());
    }, ms);
    // A program ends all the same while it cannot be written.
    if (this.failing) timer.unref();
  }

  private async writeWaiting(): Promise<void> {
    const { waiting, lost } = this;
    this.waiting = [];
    this.length = 0;
    this.lost = 0;
    const lines = lost > 0 ? [...waiting, `# ${lost} more lines could not be written`] : waiting;
    try {
      await this.add(`${lines.join('\n')}\n`);
      this.failing = false;
    } catch (error) {
      this.lost += waiting.length + lost;
      if (!this.failing) this.options.onFailure(error);
      this.failing = true;
    }
    this.busy = false;
    if (this.waiting.length > 0 || this.lost > 0) this.later(this.failing ? AFTER_FAILURE : GATHER);
  }

  private add(text: string): Promise<void> {
    const { add, paths } = this.options;
    return add ? add(text) : addToTrace(paths, text, LONGEST_FILE);
  }
}
