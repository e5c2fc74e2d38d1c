import { PhoneError } from '../phone/errors/phone-error';

export interface Database {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  function(name: string, implementation: (argument: unknown) => number): void;
  close(): void;
}

interface Statement {
  setReadBigInts(on: boolean): void;
  all(parameters: Record<string, string | number>): Record<string, unknown>[];
}

/** What this package uses of `node:sqlite`. */
interface SqliteModule {
  DatabaseSync: new (path: string, options: { readOnly: true }) => Database;
}

/** The first version of Node.js with `node:sqlite` without a switch; it has all that is used here. */
const SINCE = 22.13;

let loaded: SqliteModule | undefined;

/**
 * Loads SQLite on first use.
 * @throws PhoneError `unsupported`, when this version of Node.js does not have it
 */
export function sqlite(): SqliteModule {
  requireSqlite();
  loaded ??= process.getBuiltinModule('node:sqlite') as unknown as SqliteModule;
  return loaded;
}

/** @throws PhoneError `unsupported`, when this version of Node.js does not have it */
export function requireSqlite(): void {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  // Before that, behind a switch, there is a version that would not open read-only.
  const isThere = major > 22 || (major === 22 && minor >= 13);
  if (!isThere) throw new PhoneError('unsupported', 'no_sqlite', { node: process.versions.node, since: SINCE });
}
