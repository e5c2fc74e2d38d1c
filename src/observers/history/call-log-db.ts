import { open, type FileHandle } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { CommandQueue } from '../../phone/command-queue';
import { PhoneError } from '../../phone/phone-error';
import {
  historyRow,
  LaterError,
  NEWEST,
  type HistoryRow,
  type HistoryStore,
  type Look,
  type Want,
} from './history-row';
import { requireNotThere } from './not-there';
import { sqlite, type Database } from './sqlite-module';

/**
 * Longest wait in ms for MicroSIP to finish a write. It is a wait of the whole program, so it is short and a failure is
 * tried again later instead.
 */
const BUSY_TIMEOUT = 20;

/** Everything that is wanted in one statement: one short lock, and all rows from the same moment. */
const SELECT = `
  WITH wanted(id, page) AS (
    SELECT id, 1 FROM (SELECT id FROM call_log WHERE id > :after AND time >= :oldest ORDER BY id LIMIT :limit)
    UNION ALL SELECT id, 0 FROM (SELECT id FROM call_log ORDER BY id DESC LIMIT ${NEWEST})
    UNION ALL SELECT value, 0 FROM json_each(:ids)
  )
  SELECT row.id, row.callId, row.number, row.name, row.type, row.time, row.duration, row.info, max(page) AS page
  FROM wanted JOIN call_log AS row ON row.id = wanted.id GROUP BY row.id ORDER BY row.id`;

/** Offsets in the first 100 bytes (https://www.sqlite.org/fileformat2.html, section 1.3). */
const HEADER_SIZE = 100;
const MAGIC = 'SQLite format 3\0';
const READ_VERSION = 19;
const CHANGE_COUNTER = 24;

/** Primary result codes (https://www.sqlite.org/rescode.html). */
const SQLITE_ERROR = 1;
const DAMAGED = new Set([11, 26]);

/**
 * On POSIX systems closing a file drops the locks that the same program has on it, so nobody may look at the bytes of a
 * file while somebody else in this program has it open as a database.
 */
const turns = new Map<string, CommandQueue>();

/**
 * `call_log.db` of MicroSIP 3.22.5 and newer. A failing write ends MicroSIP (3.22.16 document, section 3), so: read-only,
 * opened for one statement and closed at once, never a journal mode that would need files of our own beside it.
 */
export class CallLogDatabase implements HistoryStore {
  private readonly turn: CommandQueue;

  constructor(readonly path: string) {
    this.turn = turns.get(path) ?? new CommandQueue();
    turns.set(path, this.turn);
  }

  /** The change counter of the file moves with every commit; its time stamp may lag behind on Windows. */
  stamp(): Promise<string | undefined> {
    return this.turn.run(async () => {
      let file: FileHandle;
      try {
        file = await open(this.path, 'r');
      } catch (error) {
        requireNotThere(error, this.path);
        return undefined;
      }
      try {
        const { ino, size, mtimeMs } = await file.stat();
        // MicroSIP is just making the file. To open an empty one may change things.
        if (size === 0) return undefined;
        const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_SIZE), 0, HEADER_SIZE, 0);
        this.checkHeader(buffer.subarray(0, bytesRead));
        return [ino, size, mtimeMs, buffer.readUInt32BE(CHANGE_COUNTER)].join(' ');
      } finally {
        await file.close();
      }
    });
  }

  look(want: Want): Promise<Look> {
    return this.turn.run(() => Promise.resolve(this.select(want)));
  }

  private select({ ids, ...want }: Want): Look {
    const { DatabaseSync } = sqlite();
    let database: Database | undefined;
    let records: Record<string, unknown>[];
    try {
      database = new DatabaseSync(readOnlyUri(this.path), { readOnly: true, timeout: BUSY_TIMEOUT });
      const statement = database.prepare(SELECT);
      // A number that JavaScript cannot hold would make the whole statement fail.
      statement.setReadBigInts(true);
      records = statement.all({ ...want, ids: JSON.stringify(ids) });
    } catch (error) {
      throw this.failure(error);
    } finally {
      database?.close();
    }
    const lastOf = (some: Record<string, unknown>[]): number => Number(some.at(-1)?.['id'] ?? 0);
    const page = records.filter((record) => record['page'] === 1n);
    const maxId = lastOf(records);
    return { rows: records.flatMap(rowOf), maxId, upTo: page.length < want.limit ? maxId : lastOf(page) };
  }

  private checkHeader(header: Buffer): void {
    if (header.length < HEADER_SIZE) throw new LaterError(`${this.path} is just being written`);
    if (header.toString('latin1', 0, MAGIC.length) !== MAGIC) {
      throw new PhoneError('unsupported', 'history_damaged', { path: this.path });
    }
    // Even a reader would make files beside it; MicroSIP does not work like this.
    if (header[READ_VERSION] !== 1) throw new PhoneError('unsupported', 'history_wal', { path: this.path });
  }

  private failure(error: unknown): Error {
    const { errcode, message } = error as Error & { errcode?: number };
    if (errcode === undefined) return error as Error;
    // The upper bits tell details.
    const code = errcode & 0xff;
    if (code === SQLITE_ERROR)
      return new PhoneError('unsupported', 'history_schema', { path: this.path, why: message });
    if (DAMAGED.has(code)) return new PhoneError('unsupported', 'history_damaged', { path: this.path });
    // Locked by a write, or a crash has left a journal that only a writer may roll back: MicroSIP does at its next start.
    return new LaterError(message);
  }
}

function rowOf({ callId, ...record }: Record<string, unknown>): HistoryRow[] {
  const { id, number, name, type, time, duration, info } = record;
  const row = historyRow({ id, key: callId, number, name, type, time, duration, info });
  return row ? [{ ...row, sipCallId: row.key }] : [];
}

/** SQLite takes no host in an address, but a network path with all its slashes (https://www.sqlite.org/uri.html). */
function readOnlyUri(path: string): string {
  const { host, pathname } = pathToFileURL(path);
  return `file://${host === '' ? '' : `//${host}`}${pathname}?mode=ro`;
}
