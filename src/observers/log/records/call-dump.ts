import type { Head } from './record-head';
import { readStamp } from './record-stamp';

/** PJSIP's own limit is 10 KB (docs/microsip/further.md#D); what other threads write in between comes on top. */
const LONGEST = 12 * 1024;
/** The header of the far end has fewer than 256 bytes; PJSIP's own first line begins so far behind it at most. */
export const DUMP_HEADER = 280;
const STATE = Buffer.from('  [');
const CALL_TIME = Buffer.from('\n    Call time: ');
const LF = 0x0a;

/** Begins the record in which PJSIP dumps a call: a line without text, and many lines without a time behind it. */
export function isCallDump({ sender, text, closed }: Head): boolean {
  return !closed && text === '' && sender === 'pjsua_media.c';
}

/**
 * Where the dump ends: at the next time of a record, at the latest where no dump goes on. The first line is a header of the
 * far end; as long as that may go on, what looks like a time may be part of it, and so may what looks like PJSIP's own
 * first line behind it: that one is the last.
 * @param start of the record @param from behind its first line
 * @returns undefined while that is not known
 */
export function callDumpEnd(bytes: Buffer, start: number, from: number, settled: boolean): number | undefined {
  const isHeader = beginsWith(bytes, from, STATE);
  const border = from + DUMP_HEADER;
  if (isHeader && bytes.length < border + CALL_TIME.length && !settled) return undefined;
  const begin = isHeader ? (lastCallTime(bytes, from, border) ?? border) : from;
  for (let line = from; ;) {
    if (line - start > LONGEST) return line;
    if ((line >= begin || line === from) && readStamp(bytes, line) !== undefined) return line;
    const lineFeed = bytes.indexOf(LF, line);
    if (lineFeed < 0) return settled ? line : undefined;
    line = lineFeed + 1;
  }
}

/** Where PJSIP's own first line begins, if it is there. */
function lastCallTime(bytes: Buffer, from: number, border: number): number | undefined {
  const found = bytes.subarray(from, border + CALL_TIME.length).lastIndexOf(CALL_TIME);
  return found < 0 ? undefined : from + found + 1;
}

function beginsWith(bytes: Buffer, at: number, text: Buffer): boolean {
  return bytes.length >= at + text.length && bytes.compare(text, 0, text.length, at, at + text.length) === 0;
}
