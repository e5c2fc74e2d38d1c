import type { CallFacts, Direction } from '../../../phone/calls/call';
import { userPart } from '../../../phone/numbers/user-part';
import { isDialledText } from '../../../microsip/dialled-name';

/** 0 outgoing, 1 incoming, 2 missed (also declined or blocked), 3 answered elsewhere (docs/microsip/3.22.16.md#3). */
export type RowType = 0 | 1 | 2 | 3;

/** One call as MicroSIP's call history tells it. */
export interface HistoryRow {
  /** Grows from row to row within one file. */
  id: number;
  /** Names the call, in every file and for ever: the SIP Call-ID where the history has it. */
  key: string;
  /** Only in `call_log.db`. */
  sipCallId?: string;
  /** User part, or `user@host` with parameters, or the host; behind an outgoing one perhaps `,` and DTMF digits. */
  number: string;
  /** As MicroSIP shows the other party, so perhaps only the number again. */
  name: string;
  type: RowType;
  /** Seconds since 1970 when the row was made: the dialling, or the beginning of the ringing. */
  time: number;
  /** Seconds of being connected, rounded; 0 until the end. */
  duration: number;
  /** Empty until the end, then the reason of the end in the language of MicroSIP's user interface. */
  info: string;
}

/** What of a file is wanted at one look. */
export interface Want {
  /** The rows with an id above this one, the oldest first, … */
  after: number;
  /** … made at this time (seconds since 1970) or later, … */
  oldest: number;
  /** … at most so many. */
  limit: number;
  /** These rows too. */
  ids: readonly number[];
}

/** One look at a file: what was wanted and the newest rows, without doubles, the lowest id first. */
export interface HistoryPage {
  rows: readonly HistoryRow[];
  /** The highest id in the file; 0 when it has no rows. */
  maxId: number;
  /** There are no more rows after `Want.after` up to this id than those here. */
  upTo: number;
  /** There are rows that nobody can count with, and that are left out. */
  damaged?: boolean;
}

/** A file with call history. Nothing is held open between two calls. */
export interface HistoryStore {
  readonly path: string;
  /**
   * A text that changes whenever the rows may have changed; undefined when there is no such file.
   * @throws PhoneError when this can never be read, LaterError when it can be soon
   */
  stamp(): Promise<string | undefined>;
  /** @throws PhoneError when this can never be read, LaterError when it can be soon */
  look(want: Want): Promise<HistoryPage>;
}

/** The file cannot be read at this moment: somebody else is busy with it. */
export class LaterError extends Error {
  override readonly name = 'LaterError';
}

/** How many of the newest rows a look always has: more than MicroSIP can have calls at a time. */
export const NEWEST = 20;

/** Seconds since 1970 at the end of the year 9999. */
const LAST_TIME = 253_402_300_799;

/** A row out of untrusted values; undefined when it cannot be one that MicroSIP wrote. */
export function historyRow(values: Record<keyof Omit<HistoryRow, 'sipCallId'>, unknown>): HistoryRow | undefined {
  const { key, number, name, info } = values;
  const [id, type, time, duration] = [values.id, values.type, values.time, values.duration].map(wholeNumber);
  if (typeof key !== 'string' || typeof number !== 'string' || typeof name !== 'string') return undefined;
  if (id === undefined || time === undefined || duration === undefined || !isRowType(type)) return undefined;
  if (key === '' || time <= 0 || time > LAST_TIME || duration < 0) return undefined;
  return {
    id,
    key,
    number: number.trim(),
    name: name.trim(),
    type,
    time,
    duration,
    info: typeof info === 'string' ? info.trim() : '',
  };
}

/** The end of the call has been written, or is just being written. */
export function isOver({ type, info }: HistoryRow): boolean {
  return info !== '' || type >= 2;
}

export function rowDirection({ type }: HistoryRow): Direction {
  return type === 0 ? 'outbound' : 'inbound';
}

/** Who the other party is, as the row has it. A name that only repeats the number is none. */
export function rowFacts({ type, number: written, name, sipCallId }: HistoryRow): CallFacts {
  const address = type === 0 ? written.replace(/,.*$/s, '') : written;
  const at = address.lastIndexOf('@');
  const number = at > 0 ? address.slice(0, at) : address;
  const plain = address.slice(0, at + 1) + address.slice(at + 1).replace(/;.*$/s, '');
  const repeats =
    (type === 0 && isDialledText(name, number)) ||
    [number, plain, written, userPart(number).number].some((text) => bare(text) === bare(name));
  return {
    ...(sipCallId !== undefined && { sipCallId }),
    ...(number !== '' && { number }),
    ...(name !== '' && !repeats && { name }),
    ...(at > 0 && { uri: `sip:${plain}` }),
  };
}

function bare(text: string): string {
  return text.replace(/^sips?:/i, '').replace(/[ ().\-/]/g, '');
}

function isRowType(value: number | undefined): value is RowType {
  return value === 0 || value === 1 || value === 2 || value === 3;
}

function wholeNumber(value: unknown): number | undefined {
  const number = typeof value === 'bigint' ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
}
