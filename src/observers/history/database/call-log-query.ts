import { pathToFileURL } from 'node:url';
import { monotonicMs } from '../../../monotonic-ms';
import { NEWEST, type Want } from '../rows/history-row';
import { sqlite, type Database } from '../../../files/sqlite-module';

/** What a database gives for a `Want`: plain data, as it goes from one thread to another. */
export interface QueryResult {
  records: Record<string, unknown>[];
  /** Rows after `Want.after` with a higher id than this were not looked at; undefined: all were. */
  end: number | undefined;
  /** There are rows that MicroSIP cannot have written and that nobody can count with. */
  damaged: boolean;
}

/** The structure is not that of MicroSIP's history. */
export class SchemaError extends Error {}

/** ms. MicroSIP's writes fail after 5 s (docs/microsip/3.22.16.md#3), so a lock of ours may never last nearly as long. */
const LONGEST_READ = 1500;
/** ms to wait in all for MicroSIP to finish a write. */
const PATIENCE = 1000;
/** ms to wait at one try. SQLite itself would wait longer from one try to the next, and find the file written again. */
const BUSY_TIMEOUT = 20;
const SQLITE_BUSY = 5;
/** So many rows are gone through at a time. */
const MOST_SCANNED = 20_000;
/** JavaScript cannot count further. MicroSIP counts its calls from 1. */
const LAST_ID = Number.MAX_SAFE_INTEGER;
/** Bytes. A Call-ID of PJSIP has at most 128. */
const LONGEST_KEY = 1024;
/** Characters that are taken of each other text. */
const LONGEST_TEXT = 1024;
/** Bytes of all texts of a row: what is larger is not even loaded. */
const LARGEST_ROW = 10_000_000;

/** SQLite tells it from the head of a row, without the texts. */
const TOO_LARGE = `(
  coalesce(octet_length(callId), 0) > ${LONGEST_KEY} OR
  coalesce(octet_length(number), 0) + coalesce(octet_length(name), 0) + coalesce(octet_length(info), 0) > ${LARGEST_ROW})`;

/** `in_time` is called now and then while rows are gone through, and ends the statement when its time is over. */
const SELECT = `
  WITH wanted(id, page) AS (
    SELECT id, 1 FROM (
      SELECT id FROM call_log WHERE id > :after AND id <= :end AND
        (random() & 255 OR in_time(id)) AND time >= :oldest
      ORDER BY id LIMIT :limit)
    UNION ALL SELECT id, 0 FROM (
      SELECT id FROM call_log WHERE id BETWEEN 1 AND ${LAST_ID} ORDER BY id DESC LIMIT ${NEWEST})
    UNION ALL SELECT value, 0 FROM json_each(:ids)
  ), once(id, page) AS (SELECT id, max(page) FROM wanted GROUP BY id)
  SELECT row.id AS id, page, ${TOO_LARGE} AS large,
    CASE WHEN NOT ${TOO_LARGE} THEN callId END AS callId,
    CASE WHEN NOT ${TOO_LARGE} THEN substr(number, 1, ${LONGEST_TEXT}) END AS number,
    CASE WHEN NOT ${TOO_LARGE} THEN substr(name, 1, ${LONGEST_TEXT}) END AS name,
    CASE WHEN NOT ${TOO_LARGE} THEN type END AS type,
    CASE WHEN NOT ${TOO_LARGE} THEN time END AS time,
    CASE WHEN NOT ${TOO_LARGE} THEN duration END AS duration,
    CASE WHEN NOT ${TOO_LARGE} THEN substr(info, 1, ${LONGEST_TEXT}) END AS info
  FROM once JOIN call_log AS row ON row.id = once.id AND in_time(row.id)`;

const COLUMNS = ['id', 'callId', 'number', 'name', 'type', 'time', 'duration', 'info'];

/**
 * One look at a `call_log.db`. For a thread of its own: what a stranger has put into the file may take its time.
 * @throws SchemaError, SlowError; what SQLite throws
 */
export function queryCallLog(path: string, want: Want): QueryResult {
  const end = monotonicMs() + PATIENCE;
  for (;;) {
    try {
      return queryOnce(path, want);
    } catch (error) {
      const { errcode = 0 } = error as { errcode?: number };
      if ((errcode & 0xff) !== SQLITE_BUSY || monotonicMs() > end) throw error;
    }
  }
}

function queryOnce(path: string, want: Want): QueryResult {
  const { DatabaseSync } = sqlite();
  const database = new DatabaseSync(readOnlyUri(path), { readOnly: true });
  try {
    database.exec(`PRAGMA busy_timeout=${BUSY_TIMEOUT}; PRAGMA trusted_schema=OFF; BEGIN`);
    const before = monotonicMs() + LONGEST_READ;
    database.function('in_time', (_id) => {
      if (monotonicMs() > before) throw new SlowError();
      return 1;
    });
    requireTable(database);
    return select(database, want);
  } finally {
    // It ends the transaction, and so the lock.
    database.close();
  }
}

/** It took so long that MicroSIP would have suffered. */
export class SlowError extends Error {}

function select(database: Database, { after, oldest, limit, ids }: Want): QueryResult {
  const all = (sql: string, parameters: Record<string, string | number> = {}): Record<string, unknown>[] => {
    const statement = database.prepare(sql);
    // A number that JavaScript cannot hold would make the whole statement fail.
    statement.setReadBigInts(true);
    return statement.all(parameters);
  };
  const [ends] = all('SELECT (SELECT min(id) FROM call_log) AS first, (SELECT max(id) FROM call_log) AS last');
  const [next] = all(
    `SELECT id FROM call_log WHERE id > :after AND id <= ${LAST_ID} ORDER BY id LIMIT 1 OFFSET ${MOST_SCANNED}`,
    { after },
  );
  const end = next === undefined ? undefined : Number(next['id']);
  // Sorted here: SQLite would keep whole texts for that.
  const records = all(SELECT, { after, oldest, limit, ids: JSON.stringify(ids), end: end ?? LAST_ID }).sort(
    (one, other) => Number(one['id']) - Number(other['id']),
  );
  const isOut = (id: unknown): boolean => typeof id === 'bigint' && (id < 1n || id > BigInt(LAST_ID));
  const damaged = isOut(ends?.['first']) || isOut(ends?.['last']) || records.some(({ large }) => large === 1n);
  return { records, end, damaged };
}

/**
 * A view, a virtual table or a generated column is a program that would run at each look, for as long as its author
 * likes; without a key all rows would be sorted.
 */
function requireTable(database: Database): void {
  const [table] = database
    .prepare("SELECT type, rootpage FROM sqlite_schema WHERE lower(name) = 'call_log' AND type IN ('table', 'view')")
    .all({});
  if (!table) throw new SchemaError('no such table: call_log');
  if (table['type'] !== 'table' || !Number(table['rootpage'])) throw new SchemaError('call_log is no plain table');
  const columns = database.prepare("SELECT name, type, pk, hidden FROM pragma_table_xinfo('call_log')").all({});
  for (const wanted of COLUMNS) {
    const column = columns.find(({ name }) => String(name).toLowerCase() === wanted.toLowerCase());
    if (!column) throw new SchemaError(`no such column: ${wanted}`);
    if (column['hidden'] !== 0) throw new SchemaError(`generated column: ${wanted}`);
  }
  const keys = columns.filter(({ pk }) => pk !== 0);
  const [key] = keys;
  const isNumbered =
    keys.length === 1 && /^id$/i.test(String(key?.['name'])) && /^integer$/i.test(String(key?.['type']));
  if (!isNumbered) throw new SchemaError('call_log has no numbered rows');
}

/** SQLite takes no host in an address, but a network path with all its slashes (https://www.sqlite.org/uri.html). */
function readOnlyUri(path: string): string {
  const { host, pathname } = pathToFileURL(path);
  return `file://${host === '' ? '' : `//${host}`}${pathname}?mode=ro`;
}
