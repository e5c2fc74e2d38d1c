import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CallLogDatabase } from '../../../../src/observers/history/database/call-log-db';
import { queryCallLog, SlowError } from '../../../../src/observers/history/database/call-log-query';
import type { Want } from '../../../../src/observers/history/rows/history-row';
import { PhoneError } from '../../../../src/phone/errors/phone-error';
import { skipBecause } from '../../../support/skip';
import { CallLogFile, now, skipWithoutSqlite } from './call-log-file';
import { until, Watching } from './watching';

const everything: Want = { after: 0, oldest: 0, limit: 25, ids: [] };
const ENDLESS = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)';
const MB = 1_000_000;

function refusedAs(reason: string, why?: RegExp) {
  return (error: unknown): boolean => {
    assert.ok(error instanceof PhoneError, String(error));
    assert.equal(error.messageKey, `error.unsupported.${reason}`);
    if (why) assert.match(String(error.params['why']), why);
    return true;
  };
}

/** How often the program got to something else meanwhile. */
async function turnsDuring(something: Promise<unknown>): Promise<number> {
  let turns = 0;
  let over = false;
  const turn = (): void => {
    turns += 1;
    if (!over) setImmediate(turn);
  };
  setImmediate(turn);
  await something.finally(() => {
    over = true;
  });
  return turns;
}

describe('a call_log.db that would hold the program up', () => {
  let file: CallLogFile;
  let store: CallLogDatabase;
  let directory: string;
  let seen: Watching | undefined;

  before(function () {
    skipWithoutSqlite(this);
  });
  beforeEach(() => {
    file = new CallLogFile();
    store = new CallLogDatabase(file.path);
    directory = mkdtempSync(join(tmpdir(), 'user-dir-'));
  });
  afterEach(async () => {
    await seen?.observer.stop();
    seen = undefined;
    file.remove();
    rmSync(directory, { recursive: true, maxRetries: 5 });
  });
  const replaceTable = (sql: string): void => {
    file.add('a@b');
    file.open.exec(`DROP TABLE call_log; ${sql}`);
    file.close();
  };
  async function watch(): Promise<Watching> {
    seen = new Watching({ database: file.path, directory });
    return seen.start();
  }
  const problems = (): string[] => (seen?.problems ?? []).map(({ messageKey }) => messageKey);

  const columns = ['callId', 'number', 'name', 'type', 'time', 'duration', 'info'].join(', ');
  const notPlain: [string, string, RegExp][] = [
    ['an endless view', `CREATE VIEW call_log AS ${ENDLESS} SELECT i AS id, i AS callId FROM n`, /no plain table/],
    ['a view in other letters', 'CREATE VIEW Call_Log AS SELECT 1 AS id', /no plain table/],
    ['a virtual table', `CREATE VIRTUAL TABLE call_log USING fts5(id, ${columns})`, /no plain table/],
    [
      'a generated column',
      `CREATE TABLE call_log (id INTEGER PRIMARY KEY, callId TEXT, number TEXT, type INTEGER, time INTEGER, duration INTEGER, info TEXT,
       name TEXT GENERATED ALWAYS AS (length(hex(zeroblob(400000000)))) VIRTUAL)`,
      /generated column: name/,
    ],
    [
      'a stored generated column',
      `CREATE TABLE call_log (id INTEGER PRIMARY KEY, callId TEXT, number TEXT, name TEXT, type INTEGER, duration INTEGER, info TEXT,
       time INTEGER AS (type + 1) STORED)`,
      /generated column: time/,
    ],
    ['ids that are texts', `CREATE TABLE call_log (id TEXT, ${columns})`, /numbered/],
    ['ids that are texts and a key', `CREATE TABLE call_log (id TEXT PRIMARY KEY, ${columns})`, /numbered/],
    ['ids that are no key', `CREATE TABLE call_log (id INTEGER, ${columns})`, /numbered/],
    ['another key', `CREATE TABLE call_log (id INTEGER, ${columns}, PRIMARY KEY (callId, id))`, /numbered/],
  ];
  for (const [what, sql, why] of notPlain) {
    it(`is refused: ${what}`, async () => {
      replaceTable(sql);
      await assert.rejects(store.look(everything), refusedAs('history_schema', why));
      await watch();
      await until(() => problems().length === 1);
      assert.deepEqual(problems(), ['error.unsupported.history_schema']);
    });
  }

  it('is read in whatever letters its names are', async () => {
    replaceTable(`CREATE TABLE CALL_LOG (ID INTEGER PRIMARY KEY, ${columns.toUpperCase()})`);
    file.open.exec(`INSERT INTO call_log VALUES (1, 'a@b', '1', 'x', 0, ${now()}, 0, '')`);
    assert.equal((await store.look(everything)).rows[0]?.key, 'a@b');
  });

  it('is refused as a pipe or a folder, and a phone is closed all the same', async function () {
    if (process.platform === 'win32') skipBecause(this, 'Windows has no such pipes');
    execFileSync('mkfifo', [file.path]);
    await assert.rejects(store.stamp(), refusedAs('history', /not_regular/));
    await assert.rejects(store.look(everything), refusedAs('history', /not_regular/));
    await watch();
    assert.deepEqual(problems(), ['error.unsupported.history']);
    await seen?.observer.stop();
    rmSync(file.path);
    mkdirSync(file.path);
    await assert.rejects(store.stamp(), refusedAs('history', /not_regular/));
  });

  it('is refused when it is endless in size', async () => {
    file.add('a@b');
    file.close();
    truncateSync(file.path, 2_000_000_000);
    await assert.rejects(store.stamp(), refusedAs('history'));
  });

  it('lets the program go on while a million rows are passed over', async () => {
    file.fill(MB);
    file.close();
    await store.look({ ...everything, after: MB - 1 });
    let upTo = 0;
    let looks = 0;
    const turns = await turnsDuring(
      (async () => {
        for (; upTo < MB; looks += 1) ({ upTo } = await store.look({ ...everything, after: upTo, oldest: now() * 2 }));
      })(),
    );
    assert.ok(looks < 100, `${looks} looks`);
    assert.ok(turns > looks, `${turns} turns in ${looks} looks`);
  });

  it('gives of endless texts only what can be shown, and goes on with the others', async () => {
    const text = 'x'.repeat(MB);
    for (let i = 0; i < 40; i += 1) file.add(`call-${i}`, { number: text, name: text, info: text });
    file.add('x'.repeat(MB), { name: 'a key that is no Call-ID' });
    file.add('last');
    const { rows, maxId, damaged } = await store.look(everything);
    assert.deepEqual([maxId, damaged, rows.at(-1)?.key], [42, true, 'last']);
    assert.ok(rows.some(({ key }) => key === 'call-39'));
    for (const { key, number, name, info } of rows) assert.ok(`${key}${number}${name}${info}`.length < 4000);
  });

  it('is given up when a look takes too long', () => {
    file.fill(5000);
    const clock = Object.getOwnPropertyDescriptor(process.hrtime, 'bigint');
    assert.ok(clock);
    let time = 0n;
    Object.defineProperty(process.hrtime, 'bigint', { ...clock, value: () => (time += 1_000_000_000n) });
    try {
      assert.throws(() => queryCallLog(file.path, everything), SlowError);
    } finally {
      Object.defineProperty(process.hrtime, 'bigint', clock);
    }
    file.open.exec("DELETE FROM call_log WHERE callId = 'still there, and not locked'");
  });

  for (const id of ['9007199254740992', '9007199254740993', '9223372036854775806', '-1', '0']) {
    it(`tells that it is damaged when an id is ${id}, and goes on with the others`, async () => {
      file.add('before', { type: 2, info: 'Missed Call' });
      const first = await watch();
      file.open.exec(
        `INSERT INTO call_log (id, callId, number, name, type, time, duration, info) VALUES (${id}, 'odd', '1', 'x', 2, ${now()}, 0, 'Missed Call')`,
      );
      file.open.exec(
        `INSERT INTO call_log (id, callId, number, name, type, time, duration, info) VALUES (7, 'after', '1', 'x', 2, ${now()}, 0, 'Missed Call')`,
      );
      await until(() => first.finished.length === 1);
      assert.deepEqual(first.finishedKeys, ['after']);
      assert.deepEqual(problems(), ['error.unsupported.history_damaged']);
      await first.observer.stop();
      const second = await watch();
      await sleep(150);
      assert.deepEqual(second.finishedKeys, []);
    });
  }

  it('tells the calls that are written while it is locked from the start on', async () => {
    file.fill(60, now() - 5000);
    file.add('old', { type: 2, info: 'Missed Call', time: now() - 30 });
    file.open.exec('BEGIN EXCLUSIVE');
    await watch();
    // On a busy machine the observer looks for the first time long after it was started, and that would be too late.
    await until(() => problems().includes('error.unsupported.history_locked'));
    for (let i = 0; i < 30; i += 1) file.add(`new ${i}`, { type: 2, info: 'Missed Call', time: now() });
    file.add('ringing', { type: 1, time: now() });
    file.open.exec('COMMIT');
    await until(() => seen?.finished.length === 30 && seen.events.length === 1);
    await sleep(150);
    assert.equal(seen?.finished.length, 30);
    assert.ok(seen.finished.every(({ replayed }) => !replayed));
    assert.ok(!seen.finishedKeys.includes('old'));
  });

  it('tells the calls that are written after a crash that left a journal', async () => {
    file.fill(5000, now() - 9000);
    file.close();
    const program = `
      const { DatabaseSync } = require('node:sqlite');
      const database = new DatabaseSync(${JSON.stringify(file.path)});
      database.exec('PRAGMA cache_size = 2; BEGIN; UPDATE call_log SET name = name || name');
      process.kill(process.pid, 'SIGKILL');`;
    spawnSync(process.execPath, ['--no-warnings', '-e', program]);
    assert.deepEqual(readdirSync(file.folder).sort(), ['call_log.db', 'call_log.db-journal']);
    await watch();
    file.add('first after the crash', { type: 2, info: 'Missed Call' });
    await until(() => seen?.finished.length === 1);
    assert.deepEqual(seen?.finishedKeys, ['first after the crash']);
  });

  it('tells the calls of the file that takes the place of a damaged one', async () => {
    writeFileSync(file.path, 'This is not a database. '.repeat(20));
    await watch();
    rmSync(file.path);
    file.add('new', { type: 2, info: 'Missed Call' });
    await until(() => seen?.finished.length === 1);
  });
});
