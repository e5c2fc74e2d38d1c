import { PhoneError } from '../../phone/phone-error';

export interface Database {
  prepare(sql: string): Statement;
  close(): void;
}

interface Statement {
  setReadBigInts(on: boolean): void;
  all(parameters: Record<string, string | number>): Record<string, unknown>[];
}

/** What this package uses of `node:sqlite`. */
interface SqliteModule {
  DatabaseSync: new (uri: string, options: { readOnly: true; timeout: number }) => Database;
}

/** The first version of Node.js with `node:sqlite` without a switch; it has all that is used here but `timeout` (22.16). */
const SINCE = 22.13;

let loaded: SqliteModule | undefined;

/**
 * Loads SQLite on first use.
 * @throws PhoneError `unsupported`, when this version of Node.js does not have it
 */
export function sqlite(): SqliteModule {
  loaded ??= load();
  return loaded;
}

function load(): SqliteModule {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  // Before that, behind a switch, there is a version that would not open read-only.
  const isThere = major > 22 || (major === 22 && minor >= 13);
  const module = isThere ? process.getBuiltinModule('node:sqlite') : undefined;
  if (!module) throw new PhoneError('unsupported', 'no_sqlite', { node: process.versions.node, since: SINCE });
  return module as SqliteModule;
}
