import { callDumpEnd, isCallDump } from './call-dump';
import { DoubtfulBytes, reachWithin } from './doubtful-bytes';
import {
  countedLength,
  isCutAt,
  markByCount,
  marksWithin,
  nextRecordLine,
  RECORD_LIMIT,
  type Mark,
} from './record-end';
import { announcedDrop, dumpOf, headAt, type Dump, type Head } from './record-head';
import { mayFollow, readStamp } from './record-stamp';

/** A SIP message that pjsip dumped into the log. */
export interface DumpedMessage {
  sent: boolean;
  /** Only valid during the call that hands it over: the buffer is used again. */
  bytes: Buffer;
  /** The log does not hold all of the message. */
  cut: boolean;
}

/** One record of a pjsua log. */
export interface LogRecord {
  /** Milliseconds since midnight, local time of the PC that wrote it. */
  stamp: number;
  /** Source file or object that wrote it, cut to 22 or 14 characters. */
  sender: string;
  /** Without call-depth dots and line end; the record of a dumped message or packet has its first line only. */
  text: string;
  message?: DumpedMessage;
  /** Records in front of this one may have been passed over. */
  afterGap?: boolean;
  /** Of the dump of a call: nothing stands between it and the record before it, not even one that nobody listens to. */
  adjoins?: boolean;
}

const LF = 0x0a;
const CR = 0x0d;
/** Nothing that pjsip writes as one record is longer; more than this without an end is not a pjsua log. */
const LONGEST_WAIT = 16 * 1024;

/** `undefined`: the record is not complete yet. */
type Step = { next: number } | undefined;

/**
 * Cuts the bytes of a pjsua log into records, in whatever pieces they come; the pieces make no difference.
 *
 * Anybody who can send a packet to the phone can place text in its log that looks like records. So dumps are skipped by
 * the length that pjsip announced, never by looking for their end mark alone. Where the announced length does not hold
 * (cut at pjsip's record limit, a NUL byte inside), or none is announced, all that may belong to the dump is passed over.
 */
export class RecordSplitter {
  private parts: Buffer[] = [];
  private size = 0;
  /** It is no use to look again before this many bytes are there. */
  private wanted = 0;
  private droppedLength: number | undefined;
  private readonly doubt = new DoubtfulBytes();
  private gap = false;
  /** Behind the latest record that was handed on. */
  private handedOn = -1;

  constructor(private readonly take: (record: LogRecord) => void) {}

  push(bytes: Buffer): void {
    if (this.size > 0 && this.size + bytes.length < this.wanted) {
      this.parts.push(Buffer.from(bytes));
      this.size += bytes.length;
      return;
    }
    this.parts.push(bytes);
    this.run(false);
  }

  /**
   * Nothing came for a while. pjsip writes each record at once, so the last one that was begun is whole, and what comes
   * next is a new one, whatever was in doubt before.
   */
  settle(): void {
    if (this.size > 0) this.run(true);
    if (this.size === 0) this.doubt.end();
  }

  /** Bytes of an incomplete record that wait for the rest. */
  get pending(): number {
    return this.size;
  }

  /** Whether `settle` could make a difference. */
  get isWaiting(): boolean {
    return this.size > 0 || this.doubt.covers(0);
  }

  clear(): void {
    this.parts = [];
    this.size = 0;
    this.wanted = 0;
    this.droppedLength = undefined;
    this.gap = false;
    this.handedOn = -1;
    this.doubt.end();
  }

  private run(settled: boolean): void {
    const bytes = this.parts.length === 1 ? (this.parts[0] ?? Buffer.alloc(0)) : Buffer.concat(this.parts);
    let position = 0;
    this.wanted = 0;
    while (position < bytes.length) {
      const step = this.step(bytes, position, settled);
      if (!step) break;
      position = step.next;
    }
    if (bytes.length - position > LONGEST_WAIT && this.wanted <= bytes.length - position) {
      // What comes next is the rest of this line and begins no record.
      this.doubt.extend(bytes.length + 1);
      position = bytes.length;
    }
    this.doubt.shift(position);
    this.handedOn -= position;
    const rest = bytes.subarray(position);
    this.parts = rest.length > 0 ? [Buffer.from(rest)] : [];
    this.size = rest.length;
  }

  private step(bytes: Buffer, start: number, settled: boolean): Step {
    const lineFeed = bytes.indexOf(LF, start);
    if (lineFeed < 0) return undefined;
    if (this.doubt.covers(start)) {
      this.gap = true;
      this.doubt.pass(bytes, start, lineFeed);
      return { next: lineFeed + 1 };
    }
    const head = headAt(bytes, start, lineFeed);
    // Lines without a stamp that belong to a sender nobody listens to are skipped as well.
    if (!head) return { next: lineFeed + 1 };
    if (isCallDump(head)) return this.callDump(bytes, head, settled);
    const dump = dumpOf(head);
    if (!dump) return this.plain(bytes, head, settled);
    const length = dump.of === 'dropped' ? this.droppedLength : dump.length;
    if (length === undefined) return this.unmeasured(bytes, head, dump, settled);
    return this.measured(bytes, head, { ...dump, length }, settled);
  }

  /** A record without foreign text: it ends at CR LF, and at the latest before the next stamp. */
  private plain(bytes: Buffer, head: Head, settled: boolean): Step {
    const end = head.closed ? head.end : plainEnd(bytes, head, settled);
    if (end === undefined) return undefined;
    const lineEnd = bytes[end - 2] === CR ? end - 2 : end - 1;
    this.emit(head, head.closed ? head.text : bytes.toString('utf8', head.textStart, lineEnd));
    this.droppedLength = announcedDrop(head) ?? this.droppedLength;
    this.handedOn = end;
    return { next: end };
  }

  private callDump(bytes: Buffer, head: Head, settled: boolean): Step {
    const end = callDumpEnd(bytes, head.start, head.end, settled);
    if (end === undefined) return undefined;
    this.emit(head, bytes.toString('utf8', head.textStart, end), undefined, this.handedOn === head.start);
    return { next: end };
  }

  private measured(bytes: Buffer, head: Head, dump: Dump & { length: number }, settled: boolean): Step {
    const { from, length, mark } = dump;
    const exact = markByCount(bytes, from, length, mark);
    if (exact) return this.counted(bytes, head, dump, exact);
    const limit = head.start + RECORD_LIMIT;
    const needed = Math.min(limit, from + countedLength(length, mark));
    const marks = marksWithin(bytes, from, needed, mark);
    if (bytes.length < needed) {
      if (!settled || marks.length === 0 || bytes.at(-1) !== LF) {
        this.wanted = needed - head.start;
        return undefined;
      }
      this.emitDump(bytes, head, dump, marks[0]?.end ?? from);
      this.gap = true;
      return { next: bytes.length };
    }
    const isCut = needed === limit && isCutAt(bytes, head.start);
    const announcedEnd = Math.min(from + length, isCut ? limit - 2 : limit);
    const first = marks[0]?.end ?? (isCut ? announcedEnd : nextRecordLine(bytes, from, announcedEnd, head.stamp));
    this.emitDump(bytes, head, dump, Math.min(announcedEnd, first ?? announcedEnd));
    // Only a record that was cut has no end mark at all.
    if (isCut && marks.length === 0) return { next: limit };
    return this.passOver(head, Math.min(from + length, limit));
  }

  /**
   * A dump that has its end mark where pjsip announced it. With another one inside it may still be a shorter dump, whose
   * sender saw to it that the mark of a later one is in that place.
   */
  private counted(bytes: Buffer, head: Head, dump: Dump & { length: number }, exact: Mark): Step {
    const [first] = marksWithin(bytes, dump.from, exact.next, dump.mark);
    const inside = first && first.end < exact.end ? first : undefined;
    const reach = inside ? reachWithin(bytes, dump.from, exact.next, head.stamp) : exact.next;
    const isSure = reach === exact.next;
    this.emitDump(bytes, head, dump, isSure ? exact.end : (inside?.end ?? exact.end));
    if (!isSure) this.doubt.begin(reach, head.stamp);
    return { next: exact.next };
  }

  /** The dump of a bad packet whose length pjsip does not tell. */
  private unmeasured(bytes: Buffer, head: Head, { from, mark }: Dump, settled: boolean): Step {
    const limit = head.start + RECORD_LIMIT;
    const marks = marksWithin(bytes, from, limit, mark);
    if (bytes.length < limit && (!settled || marks.length === 0)) {
      this.wanted = limit - head.start;
      return undefined;
    }
    this.emit(head, head.text);
    const [first] = marks;
    const last = marks.at(-1);
    const isCut = isCutAt(bytes, head.start);
    if (!first || !last) return isCut ? { next: limit } : this.passOver(head, limit);
    const isSure = !isCut && (first === last || isUnmeasured(bytes, first.next, head.stamp));
    return isSure ? { next: first.next } : this.passOver(head, isCut ? limit : last.next);
  }

  private passOver(head: Head, until: number): Step {
    this.doubt.begin(until, head.stamp);
    return { next: head.end };
  }

  private emitDump(
    bytes: Buffer,
    head: Head,
    { of, from, length, sent }: Dump & { length: number },
    end: number,
  ): void {
    if (of === 'dropped') this.droppedLength = undefined;
    const raw = bytes.subarray(from, end);
    this.emit(head, head.text, of === 'message' ? { sent, bytes: raw, cut: raw.length < length } : undefined);
  }

  private emit({ stamp, sender }: Head, text: string, message?: DumpedMessage, adjoins = false): void {
    const afterGap = this.gap;
    this.gap = false;
    this.take({
      stamp,
      sender,
      text,
      ...(message && { message }),
      ...(afterGap && { afterGap }),
      ...(adjoins && { adjoins }),
    });
  }
}

/** Where a record of several lines ends; undefined while that is not known. */
function plainEnd(bytes: Buffer, head: Head, settled: boolean): number | undefined {
  let line = head.end;
  for (;;) {
    if (readStamp(bytes, line) !== undefined || line - head.start > RECORD_LIMIT) return line;
    const lineFeed = bytes.indexOf(LF, line);
    if (lineFeed < 0) return settled && line === bytes.length ? line : undefined;
    line = lineFeed + 1;
    if (bytes[lineFeed - 1] === CR) return line;
  }
}

/** Whether the dump of another bad packet begins here: one that comes to the same doubt. */
function isUnmeasured(bytes: Buffer, start: number, stamp: number): boolean {
  const lineFeed = bytes.indexOf(LF, start);
  const head = lineFeed < 0 ? undefined : headAt(bytes, start, lineFeed);
  return head !== undefined && mayFollow(stamp, head.stamp) && dumpOf(head)?.of === 'refused';
}
