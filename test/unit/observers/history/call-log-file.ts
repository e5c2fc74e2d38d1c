import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HistoryRow } from '../../../../src/observers/history/rows/history-row';
import { NOON } from './rows';

interface Database {
  exec(sql: string): void;
  prepare(sql: string): { run(...values: (string | number)[]): { lastInsertRowid: number | bigint }; all(): unknown[] };
  close(): void;
}

/** Leaves out the tests of a suite when this Node.js has no SQLite, and says so. */
export function skipWithoutSqlite(context: Mocha.Context): void {
  if (process.getBuiltinModule('node:sqlite')) return;
  console.log(`skipped: Node.js ${process.versions.node} has no node:sqlite (22.13 and newer have)`);
  context.skip();
}

/** As MicroSIP makes it (docs/microsip/3.22.16.md#3). */
export const SCHEMA = `
  PRAGMA busy_timeout=5000;
  CREATE TABLE IF NOT EXISTS call_log (
    id INTEGER PRIMARY KEY AUTOINCREMENT, callId TEXT NOT NULL, number TEXT NOT NULL, name TEXT NOT NULL,
    type INTEGER, time INTEGER, duration INTEGER, info TEXT NOT NULL);
  CREATE UNIQUE INDEX IF NOT EXISTS idx_call_log_callId_unique ON call_log(callId);`;

export function openDatabase(path: string): Database {
  const sqlite = process.getBuiltinModule('node:sqlite') as { DatabaseSync: new (path: string) => Database };
  return new sqlite.DatabaseSync(path);
}

/** A `call_log.db` in a folder of its own, written as MicroSIP writes it. */
export class CallLogFile {
  readonly folder = mkdtempSync(join(tmpdir(), 'call log %23 ü#'));
  readonly path = join(this.folder, 'call_log.db');
  private database: Database | undefined;

  get open(): Database {
    if (!this.database) {
      this.database = openDatabase(this.path);
      this.database.exec(SCHEMA);
    }
    return this.database;
  }

  add(callId: string, more: Partial<HistoryRow> = {}): number {
    const { number = '1001', name = 'Ada', type = 0, time = now(), duration = 0, info = '' } = more;
    const { lastInsertRowid } = this.open
      .prepare('INSERT INTO call_log (callId, number, name, type, time, duration, info) VALUES (?, ?, ?, ?, ?, ?, ?)')
      .run(callId, number, name, type, time, duration, info);
    return Number(lastInsertRowid);
  }

  /** Many finished calls of the past in one transaction. */
  fill(count: number, time = NOON): void {
    this.open.exec(`BEGIN;
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
      INSERT INTO call_log (callId, number, name, type, time, duration, info)
      SELECT 'past-' || i || '-' || hex(randomblob(8)) || '@example.org', 1000 + i, 'Name ' || i, i % 4, ${time} + i, i % 300, 'Call Ended' FROM n;
      COMMIT`);
  }

  /** As MicroSIP ends a call: in separate writes. */
  end(callId: string, more: { type?: number; duration?: number; info: string }): void {
    const { type, duration = 0, info } = more;
    if (type !== undefined) this.open.prepare('UPDATE call_log SET type = ? WHERE callId = ?').run(type, callId);
    this.open.prepare('UPDATE call_log SET duration = ? WHERE callId = ?').run(duration, callId);
    this.open.prepare('UPDATE call_log SET info = ? WHERE callId = ?').run(info, callId);
  }

  close(): void {
    this.database?.close();
    this.database = undefined;
  }

  remove(): void {
    this.close();
    rmSync(this.folder, { recursive: true, maxRetries: 5 });
  }
}

/** Seconds since 1970. */
export function now(): number {
  return Math.floor(Date.now() / 1000);
}
