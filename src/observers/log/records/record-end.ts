import { mayFollow, readStamp } from './record-stamp';

/** pjsip's `PJ_LOG_MAX_SIZE` 4000 less the closing NUL: a longer record is cut to this, CR LF included. */
export const RECORD_LIMIT = 3999;
const LF = 0x0a;
const CR = 0x0d;

/** An end mark on a line of its own. */
export interface Mark {
  /** Behind the last byte in front of it. */
  end: number;
  /** Where the line behind it begins. */
  next: number;
}

/** The end of a dump that is as long as announced. */
export function markByCount(bytes: Buffer, from: number, length: number, mark: string): Mark | undefined {
  const next = markAt(bytes, from + length, mark);
  return next === undefined ? undefined : { end: from + length, next };
}

/** How many bytes behind `from` tell whether a dump is as long as announced. */
export function countedLength(length: number, mark: string): number {
  return 2 + length + mark.length + 2;
}

/** All end marks that stand on a line of their own between `from` and `limit`. */
export function marksWithin(bytes: Buffer, from: number, limit: number, mark: string): Mark[] {
  const marks: Mark[] = [];
  const within = bytes.subarray(0, limit);
  for (let at = within.indexOf(mark, from, 'latin1'); at >= 0; at = within.indexOf(mark, at + 1, 'latin1')) {
    const end = at - 1;
    const next = end >= from && within[end] === LF ? markAt(within, end, mark) : undefined;
    if (next !== undefined) marks.push({ end, next });
  }
  return marks;
}

/** Whether pjsip cut the record that begins at `start` because it was too long. */
export function isCutAt(bytes: Buffer, start: number): boolean {
  return bytes[start + RECORD_LIMIT - 2] === CR && bytes[start + RECORD_LIMIT - 1] === LF;
}

/** Where the first line begins that looks like a record of about the same time as `stamp`. */
export function nextRecordLine(bytes: Buffer, from: number, limit: number, stamp: number): number | undefined {
  for (let at = bytes.indexOf(LF, from); at >= 0 && at < limit; at = bytes.indexOf(LF, at + 1)) {
    const following = readStamp(bytes, at + 1);
    if (following !== undefined && mayFollow(stamp, following)) return at + 1;
  }
  return undefined;
}

/** Where the line behind an end mark begins, when the mark stands here on a line of its own. */
function markAt(bytes: Buffer, at: number, mark: string): number | undefined {
  const markStart = bytes[at] === CR && bytes[at + 1] === LF ? at + 2 : bytes[at] === LF ? at + 1 : -1;
  if (markStart < 0) return undefined;
  const markEnd = markStart + mark.length;
  if (bytes.toString('latin1', markStart, markEnd) !== mark) return undefined;
  if (bytes[markEnd] === LF) return markEnd + 1;
  return bytes[markEnd] === CR && bytes[markEnd + 1] === LF ? markEnd + 2 : undefined;
}
