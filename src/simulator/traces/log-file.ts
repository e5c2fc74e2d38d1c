import { closeSync, existsSync, openSync, renameSync, writeSync } from 'node:fs';

/** The thread of MicroSIP's windows, or the one on which PJSIP receives. */
export type LogThread = 'ui' | 'worker';

/** PJSIP's limit (bytes, line end included): a longer record is cut. */
const LONGEST_RECORD = 3999;
const LINE_END = '\r\n';
/** Of a 64-bit build. */
const SENDER_WIDTH = 22;

/**
 * A log file as PJSIP writes it for MicroSIP (interface document, section 5; 3.22.16, section 4). Each record is one write
 * to the file, so a log that breaks off is whole up to there.
 */
export class LogFile {
  private file: number | undefined;
  private lastThread: LogThread = 'ui';

  /** Empties the file; what it held is kept beside it, but only the first time. @throws Error when it cannot be opened */
  constructor(path: string) {
    keepOld(path);
    this.file = openSync(path, 'w');
  }

  /** @param depth how deep PJSIP's own calls are nested, 0..80 */
  line(thread: LogThread, sender: string, depth: number, text: string): void {
    if (this.file === undefined) return;
    const mark = thread === this.lastThread ? ' ' : '!';
    this.lastThread = thread;
    const shown = sender.slice(0, SENDER_WIDTH).padStart(SENDER_WIDTH);
    const record = Buffer.from(`${stamp(new Date())} ${shown} ${mark}${'.'.repeat(depth)}${text}`);
    const end = Buffer.from(LINE_END);
    try {
      writeSync(this.file, Buffer.concat([record.subarray(0, LONGEST_RECORD - end.length), end]));
    } catch {
      // PJSIP does not look at it either: calls go on without a log.
    }
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
  }
}

/** 3.22.16 puts `_1` before the first dot of the whole path and never overwrites; a dot in a folder makes it fail. */
function keepOld(path: string): void {
  const dot = path.indexOf('.');
  if (dot < 0) return;
  const kept = `${path.slice(0, dot)}_1${path.slice(dot)}`;
  try {
    if (!existsSync(kept)) renameSync(path, kept);
  } catch {
    // There is no old log, or its new name is in a folder that does not exist.
  }
}

/** Local time: `HH:MM:SS.mmm`. */
function stamp(now: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const seconds = `${two(now.getSeconds())}.${String(now.getMilliseconds()).padStart(3, '0')}`;
  return `${two(now.getHours())}:${two(now.getMinutes())}:${seconds}`;
}
