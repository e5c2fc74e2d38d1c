import { closeSync, ftruncateSync, lstatSync, renameSync, writeSync } from 'node:fs';
import type { Clock } from '../../clock';
import { OwnFile } from './own-file';

/** The thread of MicroSIP's windows, or the one on which PJSIP receives. */
export type LogThread = 'ui' | 'worker';

/** PJSIP's limit (bytes, line end included): a longer record is cut. */
const LONGEST_RECORD = 3999;
const LINE_END = '\r\n';
/** Of what PJSIP writes without time and sender at once (bytes). */
const SUMMARY_PIECE = 3920;
/** Of a 64-bit build. */
const SENDER_WIDTH = 22;

/** The second record: it tells that a simulated phone made the file, and followers of the log take no notice of it. */
const MARK = 'Simulated by @callflow/node-red-microsip, which may overwrite this file';
const MARKED = new RegExp(`^\\d\\d:\\d\\d:\\d\\d\\.\\d{3} [^\\r\\n]*\\r\\n[\\d:.]{12} +simulator {2}${MARK}\\r\\n`);

/**
 * A log file as PJSIP writes it for MicroSIP (docs/microsip/interface.md#5, docs/microsip/3.22.16.md#4). Each record is
 * one write to the file, so a log that breaks off is whole up to there.
 */
export class LogFile {
  private file: OwnFile | undefined;
  private lastThread: LogThread = 'ui';
  private begun = false;

  /**
   * Empties the file; what it held is kept beside it, but only the first time.
   * @throws PhoneError `config` when the file is not a simulated phone's own, or cannot be opened
   */
  constructor(
    path: string,
    private readonly clock: Clock,
  ) {
    this.file = openAnew(path);
  }

  /** @param depth how deep PJSIP's own calls are nested, 0..80 */
  line(thread: LogThread, sender: string, depth: number, text: string): void {
    const { time, mark } = this.next(thread);
    const records = [record(time, sender, mark, `${'.'.repeat(depth)}${text}`)];
    if (!this.begun) records.push(record(time, 'simulator', ' ', MARK));
    this.begun = true;
    // In one write, so that the file is never without its mark.
    this.write(Buffer.concat(records));
  }

  /** A line without text, and behind it lines that have neither time nor sender. @param text with its line ends */
  summary(thread: LogThread, sender: string, depth: number, text: string): void {
    const { time, mark } = this.next(thread);
    const head = record(time, sender, mark, '.'.repeat(depth));
    this.write(Buffer.concat([head.subarray(0, -LINE_END.length), Buffer.from('\n')]));
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += SUMMARY_PIECE) this.write(bytes.subarray(at, at + SUMMARY_PIECE));
  }

  private next(thread: LogThread): { time: string; mark: string } {
    const mark = thread === this.lastThread ? ' ' : '!';
    this.lastThread = thread;
    return { time: stamp(new Date(this.clock.wall())), mark };
  }

  private write(bytes: Buffer): void {
    if (!this.file) return;
    try {
      writeSync(this.file.descriptor, bytes);
    } catch {
      // PJSIP does not look at it either: calls go on without a log.
    }
  }

  close(): void {
    if (this.file) shut(this.file);
    this.file = undefined;
  }
}

function record(time: string, sender: string, mark: string, text: string): Buffer {
  const shown = sender.slice(0, SENDER_WIDTH).padStart(SENDER_WIDTH);
  const end = Buffer.from(LINE_END);
  const bytes = Buffer.from(`${time} ${shown} ${mark}${text}`);
  return Buffer.concat([bytes.subarray(0, LONGEST_RECORD - end.length), end]);
}

function openAnew(path: string): OwnFile {
  const open = (): OwnFile => OwnFile.open(path, (beginning) => MARKED.test(beginning.toString('latin1')));
  const file = open();
  if (file.isNew) return file;
  const kept = nameOfOld(path);
  if (kept === undefined || lstatSync(kept, { throwIfNoEntry: false })) return emptied(file);
  shut(file);
  try {
    renameSync(path, kept);
  } catch {
    // Its new name is in a folder that does not exist.
  }
  return emptied(open());
}

function emptied(file: OwnFile): OwnFile {
  ftruncateSync(file.descriptor);
  return file;
}

function shut(file: OwnFile): void {
  closeSync(file.descriptor);
  file.release();
}

/** 3.22.16 puts `_1` before the first dot of the whole path and never overwrites; a dot in a folder makes it fail. */
function nameOfOld(path: string): string | undefined {
  const dot = path.indexOf('.');
  return dot < 0 ? undefined : `${path.slice(0, dot)}_1${path.slice(dot)}`;
}

/** Local time: `HH:MM:SS.mmm`. */
function stamp(now: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const seconds = `${two(now.getSeconds())}.${String(now.getMilliseconds()).padStart(3, '0')}`;
  return `${two(now.getHours())}:${two(now.getMinutes())}:${seconds}`;
}
