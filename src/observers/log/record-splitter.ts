import { dumpEnd, isCutAt, RECORD_LIMIT, type DumpBounds } from './record-end';
import { readStamp, STAMP_LENGTH } from './record-stamp';

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
}

const LF = 0x0a;
const CR = 0x0d;
const BLANK = 0x20;
const DOT = 0x2e;
const MESSAGE_END = '--end msg--';
const PACKET_END = '-- end of packet.';
/** Nothing that pjsip writes as one record is longer; more than this without an end is not a pjsua log. */
const LONGEST_WAIT = 16 * 1024;

const MESSAGE = /^(TX|RX) (\d{1,9}) bytes (?:Request|Response) msg \S+ \(\w+\) (?:to|from) \S+ \S+:$/;
const DROPPING = /^Dropping (\d{1,9}) bytes packet from /;
/** Follows the record above and is as long as that one says. */
const DROPPED = 'Dropped packet:';
const REFUSED = 'Error processing packet from ';

/** Initials of the senders that anybody here listens to: `pjsua_*`, `sip_*`, `inv*`, `tsx*`. The others are skipped. */
const HEARD = new Set(Buffer.from('psit'));

/** `undefined`: the record is not complete yet. */
type Step = { next: number } | undefined;

interface Head {
  start: number;
  /** Behind the line feed of the first line. */
  end: number;
  textStart: number;
  stamp: number;
  sender: string;
  text: string;
  /** The first line is closed by CR LF, as the end of every record is. */
  closed: boolean;
}

/**
 * Cuts the bytes of a pjsua log into records, in whatever pieces they come; the pieces make no difference.
 *
 * Anybody who can send a packet to the phone can place text in its log that looks like records. So dumps are skipped by
 * the length that pjsip announced, never by looking for their end mark alone; where the announced length does not hold
 * (cut at pjsip's record limit, a NUL byte inside), an end mark counts only when a record of about the same time follows.
 */
export class RecordSplitter {
  private parts: Buffer[] = [];
  private size = 0;
  /** It is no use to look again before this many bytes are there. */
  private wanted = 0;
  private droppedLength: number | undefined;

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

  /** Nothing came for a while: what is there is all that was written, so an incomplete dump may be judged by its end mark. */
  settle(): void {
    if (this.size > 0) this.run(true);
  }

  /** Bytes of an incomplete record that wait for the rest. */
  get pending(): number {
    return this.size;
  }

  clear(): void {
    this.parts = [];
    this.size = 0;
    this.wanted = 0;
    this.droppedLength = undefined;
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
    const rest = bytes.subarray(position);
    if (rest.length > LONGEST_WAIT && this.wanted <= rest.length) {
      this.clear();
      return;
    }
    this.parts = rest.length > 0 ? [Buffer.from(rest)] : [];
    this.size = rest.length;
  }

  private step(bytes: Buffer, start: number, settled: boolean): Step {
    const lineFeed = bytes.indexOf(LF, start);
    if (lineFeed < 0) return undefined;
    const stamp = readStamp(bytes, start);
    if (stamp === undefined) return { next: lineFeed + 1 };
    let sender = start + STAMP_LENGTH;
    while (bytes[sender] === BLANK) sender += 1;
    // Lines without a stamp that belong to it are skipped as well.
    if (!HEARD.has(bytes[sender] ?? 0)) return { next: lineFeed + 1 };
    const head = readHead(bytes, start, stamp, sender, lineFeed);
    if (head.sender === 'pjsua_core.c' && !head.closed) {
      const message = MESSAGE.exec(head.text);
      if (message) return this.message(bytes, head, message[1] === 'TX', Number(message[2]), settled);
    } else if (head.sender.startsWith('sip_')) {
      if (head.text.startsWith(DROPPED)) {
        return this.packet(bytes, head, head.textStart + DROPPED.length, this.droppedLength, settled);
      }
      if (head.text.startsWith(REFUSED) && !head.closed) return this.packet(bytes, head, head.end, undefined, settled);
    }
    const step = this.plain(bytes, head, settled);
    const dropping = head.sender.startsWith('sip_') ? DROPPING.exec(head.text) : undefined;
    if (step && dropping) this.droppedLength = Number(dropping[1]);
    return step;
  }

  /** A record without foreign text: it ends at CR LF, and at the latest before the next stamp. */
  private plain(bytes: Buffer, head: Head, settled: boolean): Step {
    if (head.closed) {
      this.emit(head, head.text);
      return { next: head.end };
    }
    let line = head.end;
    for (;;) {
      if (readStamp(bytes, line) !== undefined || line - head.start > RECORD_LIMIT) break;
      const lineFeed = bytes.indexOf(LF, line);
      if (lineFeed < 0) {
        if (!settled || line !== bytes.length) return undefined;
        break;
      }
      if (bytes[lineFeed - 1] === CR) {
        this.emit(head, bytes.toString('utf8', head.textStart, lineFeed - 1));
        return { next: lineFeed + 1 };
      }
      line = lineFeed + 1;
    }
    this.emit(head, bytes.toString('utf8', head.textStart, line - 1));
    return { next: line };
  }

  private message(bytes: Buffer, head: Head, sent: boolean, length: number, settled: boolean): Step {
    const bounds = this.bounds(bytes, head, head.end, length, MESSAGE_END, settled);
    if (!bounds) return undefined;
    const raw = bytes.subarray(head.end, bounds.end);
    this.emit(head, head.text, { sent, bytes: raw, cut: raw.length < length });
    return { next: bounds.next };
  }

  private packet(bytes: Buffer, head: Head, from: number, length: number | undefined, settled: boolean): Step {
    const bounds = this.bounds(bytes, head, from, length, PACKET_END, settled);
    if (!bounds) return undefined;
    this.emit(head, head.text);
    return { next: bounds.next };
  }

  private bounds(
    bytes: Buffer,
    head: Head,
    from: number,
    length: number | undefined,
    mark: string,
    settled: boolean,
  ): DumpBounds | undefined {
    if (length !== undefined) {
      const exact = dumpEnd.byCount(bytes, from, length, mark);
      if (exact) return exact;
      const whole = from - head.start + length + mark.length + 1;
      const isTooLong = whole >= RECORD_LIMIT - 1;
      const needed = isTooLong ? RECORD_LIMIT : whole + 2;
      if (bytes.length - head.start < needed && !settled) {
        this.wanted = needed - 1;
        return undefined;
      }
      if (isTooLong && isCutAt(bytes, head.start)) {
        return { end: head.start + RECORD_LIMIT - 2, next: head.start + RECORD_LIMIT };
      }
    }
    return dumpEnd.byMark(bytes, { start: head.start, from, stamp: head.stamp, mark, settled });
  }

  private emit(head: Head, text: string, message?: DumpedMessage): void {
    this.droppedLength = undefined;
    this.take({ stamp: head.stamp, sender: head.sender, text, ...(message && { message }) });
  }
}

/** Behind the stamp: sender, blank, `!` or blank, a dot per call depth, text. */
function readHead(bytes: Buffer, start: number, stamp: number, sender: number, lineFeed: number): Head {
  let senderEnd = sender;
  while (senderEnd < lineFeed && bytes[senderEnd] !== BLANK) senderEnd += 1;
  let text = senderEnd + 2;
  while (text < lineFeed && bytes[text] === DOT) text += 1;
  const closed = bytes[lineFeed - 1] === CR;
  const lineEnd = closed ? lineFeed - 1 : lineFeed;
  const textStart = Math.min(text, lineEnd);
  return {
    start,
    end: lineFeed + 1,
    textStart,
    stamp,
    sender: bytes.toString('latin1', sender, senderEnd),
    text: bytes.toString('utf8', textStart, lineEnd),
    closed,
  };
}
