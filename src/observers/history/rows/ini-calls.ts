import { stat } from 'node:fs/promises';
import { FileRefusedError, readRegularFile } from '../../../files/regular-file';
import { PhoneError } from '../../../phone/errors/phone-error';
import {
  historyRow,
  LaterError,
  NEWEST,
  type HistoryRow,
  type HistoryStore,
  type HistoryPage,
  type Want,
} from './history-row';
import { requireNotThere } from '../database/not-there';

/** Bytes. MicroSIP writes about 500 KB with a full ring. */
const LARGEST = 4_000_000;
/** The entries are a ring with this many places. */
const PLACES = 1000;
/** A section's head, a place in the ring, or the place that was written last: nothing else is even looked at. */
const LINE =
  /(?<![^\r\n])[^\S\r\n]*(?:\[([^\]\r\n]*)\]|(\d{1,3})[^\S\r\n]*=([^\r\n]*)|callslastkey[^\S\r\n]*=([^\r\n]*))/gi;
const BEHIND_NUMBER = /^(.*);([0-3]);(\d{9,11});(\d{1,9});(.*)$/s;
/**
 * Milliseconds that the file has to be left alone before it is read: a MicroSIP that wants it for itself at that moment
 * may not start (docs/microsip/3.22.16.md#1).
 */
const QUIET = 1000;

/**
 * `[Calls]` in `microsip.ini`, the history of MicroSIP up to 3.22.4 (docs/microsip/interface.md#6). There are no
 * Call-IDs, so the place in the ring and the time name a call.
 */
export class IniCalls implements HistoryStore {
  /** @param quiet ms without a change before the file is read */
  constructor(
    readonly path: string,
    private readonly quiet = QUIET,
  ) {}

  async stamp(): Promise<string | undefined> {
    try {
      const { ino, size, mtimeMs } = await stat(this.path);
      const age = Date.now() - mtimeMs;
      if (age >= 0 && age < this.quiet) throw new LaterError(`${this.path} is just being written`);
      return [ino, size, mtimeMs].join(' ');
    } catch (error) {
      if (error instanceof LaterError) throw error;
      requireNotThere(error, this.path);
      return undefined;
    }
  }

  async look({ after, oldest, limit, ids }: Want): Promise<HistoryPage> {
    let text: string;
    try {
      text = decodeIni(await readRegularFile(this.path, LARGEST));
    } catch (error) {
      if (error instanceof FileRefusedError)
        throw new PhoneError('unsupported', 'history', { path: this.path, why: error.why });
      requireNotThere(error, this.path);
      throw new LaterError(`${this.path} has just gone`);
    }
    const { rows, newest } = ringRows(text);
    const page = rows.filter((row) => row.id > after && row.time >= oldest).slice(0, limit);
    const maxId = rows.at(-1)?.id ?? 0;
    const wanted = new Set([...page, ...newest].map(({ id }) => id).concat(ids));
    return {
      rows: rows.filter(({ id }) => wanted.has(id)),
      maxId,
      upTo: page.length < limit ? maxId : (page.at(-1)?.id ?? maxId),
    };
  }
}

/** All entries of the ring, the oldest first, and those that were written last. */
export function ringRows(ini: string): { rows: HistoryRow[]; newest: HistoryRow[] } {
  const entries = new Map<number, HistoryRow>();
  const { places, lastKey } = ringIn(ini);
  for (const [place, value] of places) {
    const row = entryRow(place, value);
    if (row) entries.set(row.id % PLACES, row);
  }
  const rows = [...entries.values()].sort((a, b) => a.id - b.id);
  const last = Number(lastKey);
  const behind = (row: HistoryRow): number => (last - (row.id % PLACES) + PLACES) % PLACES;
  const written = Number.isInteger(last) ? [...rows].sort((a, b) => behind(a) - behind(b)).slice(0, NEWEST) : [];
  return { rows, newest: [...new Set([...rows.slice(-NEWEST), ...written])] };
}

/**
 * `number;name;type;time;duration;info`. Nothing is escaped and the name comes from the other party, so the fields are
 * found by the last numbers that can be meant. A deleted entry is `null`.
 */
export function entryRow(place: number, value: string): HistoryRow | undefined {
  const end = value.indexOf(';');
  const fields = end < 0 ? null : BEHIND_NUMBER.exec(value.slice(end + 1));
  if (!fields) return undefined;
  const [, name, type, time, duration, info] = fields;
  return historyRow({
    id: Number(time) * PLACES + place,
    key: `${place}:${time ?? ''}`,
    number: value.slice(0, end),
    name,
    type: Number(type),
    time: Number(time),
    duration: Number(duration),
    info,
  });
}

/** MicroSIP writes UTF-16LE with a byte order mark; other programs may leave something else behind. */
export function decodeIni(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le', 2);
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.toString('utf8', 3);
  return bytes.toString('latin1');
}

/** Names are not case-sensitive and the first of several equal ones counts, as everywhere in Windows. */
function ringIn(ini: string): { places: Map<number, string>; lastKey: string } {
  const places = new Map<number, string>();
  const begun = new Set<string>();
  let lastKey: string | undefined;
  let section = '';
  for (const [, head, place, value = '', last] of ini.matchAll(LINE)) {
    if (head !== undefined) {
      const name = head.trim().toLowerCase();
      section = begun.has(name) ? '' : name;
      if (name === 'calls' || name === 'settings') begun.add(name);
    } else if (place === undefined) {
      if (section === 'settings') lastKey ??= last;
    } else if (section === 'calls' && !places.has(Number(place))) places.set(Number(place), unquoted(value.trim()));
  }
  return { places, lastKey: unquoted(lastKey?.trim() ?? '') };
}

/** One pair of quotes around the whole value is not part of it. */
function unquoted(value: string): string {
  return /^(["']).*\1$/s.test(value) && value.length > 1 ? value.slice(1, -1) : value;
}
