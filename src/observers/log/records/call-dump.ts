import type { Head } from './record-head';
import { readStamp } from './record-stamp';

/** PJSIP's own limit is 10 KB (docs/microsip/further.md#D); what other threads write in between comes on top. */
const LONGEST = 12 * 1024;
/** The header of the far end has fewer than 256 bytes (bytes, with what stands around it). */
const HEADER = 400;
const STATE = Buffer.from('  [');
const CALL_TIME = Buffer.from('    Call time: ');
const LF = 0x0a;

/** Begins the record in which PJSIP dumps a call: a line without text, and many lines without a time behind it. */
export function isCallDump({ sender, text, closed }: Head): boolean {
  return !closed && text === '' && sender === 'pjsua_media.c';
}

/**
 * Where the dump ends: at the next time of a record, at the latest where no dump goes on. The first line is a header of the
 * far end; as long as that may go on, what looks like a time may be part of it.
 * @param start of the record @param from behind its first line
 * @returns undefined while that is not known
 */
export function callDumpEnd(bytes: Buffer, start: number, from: number, settled: boolean): number | undefined {
  let isHeader = beginsWith(bytes, from, STATE);
  for (let line = from; ;) {
    if (line - start > LONGEST) return line;
    if (isHeader) isHeader = line - from < HEADER && !beginsWith(bytes, line, CALL_TIME);
    const mayEnd = !isHeader || line === from;
    if (mayEnd && readStamp(bytes, line) !== undefined) return line;
    const lineFeed = bytes.indexOf(LF, line);
    if (lineFeed < 0) return settled ? line : undefined;
    line = lineFeed + 1;
  }
}

function beginsWith(bytes: Buffer, at: number, text: Buffer): boolean {
  return bytes.length >= at + text.length && bytes.compare(text, 0, text.length, at, at + text.length) === 0;
}
