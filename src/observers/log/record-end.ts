import { mayFollow, readStamp, STAMP_LENGTH } from './record-stamp';

/** pjsip's `PJ_LOG_MAX_SIZE` 4000 less the closing NUL: a longer record is cut to this, CR LF included. */
export const RECORD_LIMIT = 3999;
const LF = 0x0a;
const CR = 0x0d;

export interface DumpBounds {
  /** Behind the last byte of the dumped packet. */
  end: number;
  /** Where the next record begins. */
  next: number;
}

interface MarkSearch {
  /** Where the record begins. */
  start: number;
  /** Where the dumped packet begins. */
  from: number;
  /** Stamp of the record, ms since midnight. */
  stamp: number;
  mark: string;
  /** No more bytes are to be expected soon. */
  settled: boolean;
}

export const dumpEnd = {
  /** The end of a dump that is as long as announced. */
  byCount(bytes: Buffer, from: number, length: number, mark: string): DumpBounds | undefined {
    const next = markAt(bytes, from + length, mark);
    return next === undefined ? undefined : { end: from + length, next };
  },

  /**
   * The end of a dump of unknown length: the first end mark that a record of about the same time follows. Undefined
   * while more bytes are needed to tell.
   */
  byMark(bytes: Buffer, { start, from, stamp, mark, settled }: MarkSearch): DumpBounds | undefined {
    const limit = start + RECORD_LIMIT;
    let first: DumpBounds | undefined;
    for (let at = bytes.indexOf(mark, from, 'latin1'); at >= 0 && at < limit; at = bytes.indexOf(mark, at + 1)) {
      const end = lineEndBefore(bytes, at, from);
      const next = end === undefined ? undefined : markAt(bytes, end, mark);
      if (end === undefined || next === undefined) continue;
      first ??= { end, next };
      const following = readStamp(bytes, next);
      if (following !== undefined && mayFollow(stamp, following)) return { end, next };
      if (following === undefined && bytes.length <= next + STAMP_LENGTH) {
        return settled && bytes.length === next ? { end, next } : undefined;
      }
    }
    if (bytes.length <= limit + STAMP_LENGTH) return undefined;
    if (first) return first;
    if (isCutAt(bytes, start)) return { end: limit - 2, next: limit };
    return resumeAtNextStamp(bytes, from, limit, stamp);
  },
};

/** Whether pjsip cut the record that begins at `start` because it was too long. */
export function isCutAt(bytes: Buffer, start: number): boolean {
  return bytes[start + RECORD_LIMIT - 2] === CR && bytes[start + RECORD_LIMIT - 1] === LF;
}

/** Where the record behind an end mark begins, when the mark stands here on a line of its own. */
function markAt(bytes: Buffer, at: number, mark: string): number | undefined {
  const markStart = bytes[at] === CR && bytes[at + 1] === LF ? at + 2 : bytes[at] === LF ? at + 1 : -1;
  if (markStart < 0) return undefined;
  const markEnd = markStart + mark.length;
  if (bytes.toString('latin1', markStart, markEnd) !== mark) return undefined;
  if (bytes[markEnd] === LF) return markEnd + 1;
  return bytes[markEnd] === CR && bytes[markEnd + 1] === LF ? markEnd + 2 : undefined;
}

function lineEndBefore(bytes: Buffer, at: number, from: number): number | undefined {
  return at - 1 >= from && bytes[at - 1] === LF ? at - 1 : undefined;
}

function resumeAtNextStamp(bytes: Buffer, from: number, limit: number, stamp: number): DumpBounds {
  for (let at = bytes.indexOf(LF, from); at >= 0 && at < limit; at = bytes.indexOf(LF, at + 1)) {
    const following = readStamp(bytes, at + 1);
    if (following !== undefined && mayFollow(stamp, following)) return { end: at, next: at + 1 };
  }
  return { end: from, next: from };
}
