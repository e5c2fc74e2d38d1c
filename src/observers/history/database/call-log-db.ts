import type { FileHandle } from 'node:fs/promises';
import { monotonicMs } from '../../../monotonic-ms';
import { FileRefusedError, openRegularFile } from '../../../files/regular-file';
import { SerialQueue } from '../../../serial-queue';
import { PhoneError } from '../../../phone/errors/phone-error';
import type { QueryResult } from './call-log-query';
import {
  historyRow,
  LaterError,
  type HistoryRow,
  type HistoryStore,
  type HistoryPage,
  type Want,
} from '../rows/history-row';
import { HistoryThread } from './history-thread';
import { requireNotThere } from './not-there';
import { damagedHistory, slowHistory } from './query-failure';
import { requireSqlite } from '../../../files/sqlite-module';

/** Bytes; a million calls have 200 MB. */
const LARGEST = 1_000_000_000;
/** ms for which a file that took too long is left alone: each try may hold up MicroSIP. */
const REST = 60_000;

/** Offsets in the first 100 bytes (https://www.sqlite.org/fileformat2.html, section 1.3). */
const HEADER_SIZE = 100;
const MAGIC = 'SQLite format 3\0';
const READ_VERSION = 19;
const CHANGE_COUNTER = 24;

/** What all readers of a file in this program share. */
class Access {
  /**
   * On POSIX systems closing a file drops the locks that the same program has on it, so nobody may look at the bytes of a
   * file while somebody else in this program has it open as a database.
   */
  readonly turn = new SerialQueue();
  readonly thread = new HistoryThread();
  restUntil = 0;
}

const accesses = new Map<string, Access>();

/**
 * `call_log.db` of MicroSIP 3.22.5 and newer. A failing write ends MicroSIP (docs/microsip/3.22.16.md#3), so:
 * read-only, opened for one look and closed at once, never a journal mode that would need files of our own beside it.
 */
export class CallLogDatabase implements HistoryStore {
  private readonly access: Access;

  constructor(readonly path: string) {
    this.access = accesses.get(path) ?? new Access();
    accesses.set(path, this.access);
  }

  /** The change counter of the file moves with every commit; its time stamp may lag behind on Windows. */
  stamp(): Promise<string | undefined> {
    return this.access.turn.run(async () => {
      const file = await this.open();
      if (!file) return undefined;
      try {
        const { ino, size, mtimeMs } = await file.stat();
        // MicroSIP is just making the file. To open an empty one may change things.
        if (size === 0) return undefined;
        if (size > LARGEST) throw this.refusal(`${size} B`);
        const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_SIZE), 0, HEADER_SIZE, 0);
        this.checkHeader(buffer.subarray(0, bytesRead));
        return [ino, size, mtimeMs, buffer.readUInt32BE(CHANGE_COUNTER)].join(' ');
      } finally {
        await file.close();
      }
    });
  }

  look(want: Want): Promise<HistoryPage> {
    return this.access.turn.run(async () => {
      requireSqlite();
      if (monotonicMs() < this.access.restUntil) throw slowHistory(this.path);
      // SQLite would wait for somebody to write to a pipe.
      const file = await this.open();
      if (!file) throw new LaterError(`${this.path} is gone`);
      await file.close();
      try {
        return lookOf(await this.access.thread.ask(this.path, want), want);
      } catch (error) {
        if (error instanceof PhoneError && error.reason === 'history_slow')
          this.access.restUntil = monotonicMs() + REST;
        throw error;
      }
    });
  }

  /** @returns undefined when there is no such file */
  private async open(): Promise<FileHandle | undefined> {
    try {
      return await openRegularFile(this.path);
    } catch (error) {
      if (error instanceof FileRefusedError) throw this.refusal(error.why);
      requireNotThere(error, this.path);
      return undefined;
    }
  }

  private checkHeader(header: Buffer): void {
    if (header.length < HEADER_SIZE) throw new LaterError(`${this.path} is just being written`);
    if (header.toString('latin1', 0, MAGIC.length) !== MAGIC) {
      throw damagedHistory(this.path);
    }
    // Even a reader would make files beside it; MicroSIP does not work like this.
    if (header[READ_VERSION] !== 1) throw new PhoneError('unsupported', 'history_wal', { path: this.path });
  }

  private refusal(why: string): PhoneError {
    return new PhoneError('unsupported', 'history', { path: this.path, why });
  }
}

function lookOf({ records, end, damaged }: QueryResult, want: Want): HistoryPage {
  const lastOf = (some: Record<string, unknown>[]): number => Number(some.at(-1)?.['id'] ?? 0);
  const page = records.filter((record) => record['page'] === 1n);
  const maxId = lastOf(records);
  const upTo = page.length < want.limit ? (end ?? maxId) : lastOf(page);
  return { rows: records.flatMap(rowOf), maxId, upTo, ...(damaged && { damaged }) };
}

export function rowOf({ callId, ...record }: Record<string, unknown>): HistoryRow[] {
  const { id, number, name, type, time, duration, info } = record;
  const row = historyRow({ id, key: callId, number, name, type, time, duration, info });
  return row ? [{ ...row, sipCallId: row.key }] : [];
}
