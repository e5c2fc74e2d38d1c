import { sqlite } from '../../observers/history/sqlite-module';

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

const SCHEMA = `
  PRAGMA busy_timeout=5000;
  CREATE TABLE IF NOT EXISTS call_log (
    id INTEGER PRIMARY KEY AUTOINCREMENT, callId TEXT NOT NULL, number TEXT NOT NULL, name TEXT NOT NULL,
    type INTEGER, time INTEGER, duration INTEGER, info TEXT NOT NULL);
  CREATE UNIQUE INDEX IF NOT EXISTS idx_call_log_callId_unique ON call_log(callId);`;

/** Rows that a start leaves. */
const KEPT = 1000;
const TRIM = `DELETE FROM call_log WHERE id NOT IN (SELECT id FROM call_log ORDER BY id DESC LIMIT ${KEPT})`;

/** `call_log.db` as 3.22.16 writes it (section 3 of its document): kept open, each change a transaction of its own. */
export class CallHistory {
  private readonly database: WritableDatabase;

  /** @throws PhoneError `unsupported` when this Node.js has no SQLite; Error when the file cannot be opened */
  constructor(path: string) {
    const { DatabaseSync } = sqlite() as unknown as WritableSqlite;
    this.database = new DatabaseSync(path);
    this.database.exec(SCHEMA);
    this.database.exec(TRIM);
  }

  /** MicroSIP writes nothing of a call that has no number or name. */
  add({ callId, number, name, type }: NewRow): void {
    if (callId === '' || number === '' || name === '') return;
    const seconds = Math.floor(Date.now() / 1000);
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
  }
}
