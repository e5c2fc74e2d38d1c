import { closeSync, rmSync } from 'node:fs';
import type { Clock } from '../../clock';
import { sqlite } from '../../files/sqlite-module';
import { OwnFile, writeFailed } from './own-file';

/** 0 outgoing, 1 incoming, 2 missed, declined or blocked, 3 answered elsewhere. */
export type RowType = 0 | 1 | 2 | 3;

export interface NewRow {
  callId: string;
  number: string;
  name: string;
  type: RowType;
}

interface Statement {
  run(...values: (string | number)[]): unknown;
}

interface WritableDatabase {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}

interface WritableSqlite {
  DatabaseSync: new (path: string) => WritableDatabase;
}

/** Says whose format a file has (https://www.sqlite.org/fileformat2.html, section 1.3.11): the real one leaves it 0. */
const APPLICATION_ID = 0x6d736973;
const AT_APPLICATION_ID = 68;
const MAGIC = 'SQLite format 3\0';

/** All at once: the file is never there without its mark. */
const SCHEMA = `
  PRAGMA busy_timeout=5000;
  BEGIN IMMEDIATE;
  PRAGMA application_id=${APPLICATION_ID};
  CREATE TABLE IF NOT EXISTS call_log (
    id INTEGER PRIMARY KEY AUTOINCREMENT, callId TEXT NOT NULL, number TEXT NOT NULL, name TEXT NOT NULL,
    type INTEGER, time INTEGER, duration INTEGER, info TEXT NOT NULL);
  CREATE UNIQUE INDEX IF NOT EXISTS idx_call_log_callId_unique ON call_log(callId);
  COMMIT`;

/** Rows that a start leaves. */
const KEPT = 1000;
const TRIM = `DELETE FROM call_log WHERE id NOT IN (SELECT id FROM call_log ORDER BY id DESC LIMIT ${KEPT})`;

/** `call_log.db` as 3.22.16 writes it (docs/microsip/3.22.16.md#3): kept open, each change a transaction of its own. */
export class CallHistory {
  private readonly database: WritableDatabase;
  private readonly file: OwnFile;

  /**
   * @throws PhoneError `unsupported` when this Node.js has no SQLite; `config` when the file is not a simulated phone's
   * own, or cannot be opened
   */
  constructor(
    path: string,
    private readonly clock: Clock,
  ) {
    const { DatabaseSync } = sqlite() as unknown as WritableSqlite;
    this.file = OwnFile.open(path, isOurs);
    // SQLite opens it by itself.
    closeSync(this.file.descriptor);
    let database: WritableDatabase | undefined;
    try {
      database = new DatabaseSync(path);
      database.exec(SCHEMA);
      database.exec(TRIM);
      this.database = database;
    } catch (error) {
      database?.close();
      this.file.release();
      if (this.file.isNew) rmSync(path, { force: true });
      throw writeFailed(path, error);
    }
  }

  /** MicroSIP writes nothing of a call that has no number or name. */
  add({ callId, number, name, type }: NewRow): void {
    if (callId === '' || number === '' || name === '') return;
    const seconds = Math.floor(this.clock.wall() / 1000);
    this.database
      .prepare('INSERT INTO call_log (callId, number, name, type, time, duration, info) VALUES (?, ?, ?, ?, ?, 0, ?)')
      .run(callId, number, name, type, seconds, '');
  }

  setType(callId: string, type: RowType): void {
    this.database.prepare('UPDATE call_log SET type = ? WHERE callId = ?').run(type, callId);
  }

  /** @param duration seconds, rounded */
  setDuration(callId: string, duration: number): void {
    this.database.prepare('UPDATE call_log SET duration = ? WHERE callId = ?').run(duration, callId);
  }

  setInfo(callId: string, info: string): void {
    this.database.prepare('UPDATE call_log SET info = ? WHERE callId = ?').run(info, callId);
  }

  close(): void {
    this.database.close();
    this.file.release();
  }
}

function isOurs(beginning: Buffer): boolean {
  return (
    beginning.length > AT_APPLICATION_ID + 4 &&
    beginning.toString('latin1', 0, MAGIC.length) === MAGIC &&
    beginning.readUInt32BE(AT_APPLICATION_ID) === APPLICATION_ID
  );
}
