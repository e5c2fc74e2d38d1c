import { readStamp, STAMP_LENGTH } from './record-stamp';

const CR = 0x0d;
const BLANK = 0x20;
const DOT = 0x2e;

const MESSAGE_END = '--end msg--';
const PACKET_END = '-- end of packet.';

const MESSAGE = /^(TX|RX) (\d{1,9}) bytes (?:Request|Response) msg \S+ \(\w+\) (?:to|from) \S+ \S+:$/;
const DROPPING = /^Dropping (\d{1,9}) bytes packet from /;
/** Follows the record above and is as long as that one says. */
const DROPPED = 'Dropped packet:';
const REFUSED = 'Error processing packet from ';

/** Initials of the senders that anybody here listens to: `pjsua_*`, `sip_*`, `inv*`, `tsx*`. The others are skipped. */
const HEARD = new Set(Buffer.from('psit'));

/** The first line of a record. */
export interface Head {
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

/** What stands in a record as somebody else sent it. */
export interface Dump {
  of: 'message' | 'dropped' | 'refused';
  /** Where it begins. */
  from: number;
  /** As pjsip announces it; only that of a message stands in its own first line. */
  length?: number;
  /** Of a message. */
  sent: boolean;
  /** The line behind it. */
  mark: string;
}

/** The record that begins here; undefined when none does, or one of a sender that nobody listens to. */
export function headAt(bytes: Buffer, start: number, lineFeed: number): Head | undefined {
  const stamp = readStamp(bytes, start);
  if (stamp === undefined) return undefined;
  let sender = start + STAMP_LENGTH;
  while (bytes[sender] === BLANK) sender += 1;
  if (!HEARD.has(bytes[sender] ?? 0)) return undefined;
  // Behind the sender: blank, `!` or blank, a dot per call depth, text.
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

/** What this record dumps; undefined for one without foreign text. */
export function dumpOf({ sender, text, closed, end, textStart }: Head): Dump | undefined {
  if (sender === 'pjsua_core.c' && !closed) {
    const message = MESSAGE.exec(text);
    if (!message) return undefined;
    const length = Number(message[2]);
    return { of: 'message', from: end, length, sent: message[1] === 'TX', mark: MESSAGE_END };
  }
  if (!sender.startsWith('sip_')) return undefined;
  const packet = { sent: false, mark: PACKET_END };
  if (text.startsWith(DROPPED)) return { of: 'dropped', from: textStart + DROPPED.length, ...packet };
  return text.startsWith(REFUSED) && !closed ? { of: 'refused', from: end, ...packet } : undefined;
}

/** How long the packet is that the next `Dropped packet` dumps. */
export function announcedDrop({ sender, text }: Head): number | undefined {
  const dropping = sender.startsWith('sip_') ? DROPPING.exec(text) : null;
  return dropping ? Number(dropping[1]) : undefined;
}
