import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CallLogDatabase } from '../../../../../src/observers/history/database/call-log-db';
import { LaterError, type Want } from '../../../../../src/observers/history/rows/history-row';
import { sqlite } from '../../../../../src/files/sqlite-module';
import { PhoneError } from '../../../../../src/phone/errors/phone-error';
import { CallLogFile, openDatabase, skipWithoutSqlite } from '../call-log-file';
import { NOON } from '../rows';

const everything: Want = { after: 0, oldest: 0, limit: 1000, ids: [] };
const problem =
  (code: string, reason: string) =>
  (error: unknown): boolean =>
    error instanceof PhoneError && error.code === code && error.messageKey === `error.${code}.${reason}`;

describe('call_log.db without SQLite', () => {
  it('is unsupported, in so many words', function () {
    if (process.getBuiltinModule('node:sqlite')) {
      console.log(`skipped: Node.js ${process.versions.node} has node:sqlite`);
      this.skip();
    }
    assert.throws(() => sqlite(), problem('unsupported', 'no_sqlite'));
  });
});

describe('call_log.db', () => {
  let file: CallLogFile;
  let store: CallLogDatabase;

  before(function () {
    skipWithoutSqlite(this);
  });
  beforeEach(() => {
    file = new CallLogFile();
    store = new CallLogDatabase(file.path);
  });
  afterEach(() => {
    file.remove();
  });

  it('gives its rows, whatever else is in it', async () => {
    file.add('a@b', { number: 'ada@example.org', name: 'Ädä 電話', type: 1, time: NOON });
    file.open.exec('ALTER TABLE call_log ADD COLUMN recording TEXT');
    file.add('c@d', { time: NOON });
    file.open.exec("UPDATE call_log SET time = 9223372036854775807 WHERE callId = 'c@d'");
    file.add('e@f', { time: NOON });
    const { rows, maxId, upTo } = await store.look(everything);
    assert.deepEqual(rows[0], {
      id: 1,
      key: 'a@b',
      sipCallId: 'a@b',
      number: 'ada@example.org',
      name: 'Ädä 電話',
      type: 1,
      time: NOON,
      duration: 0,
      info: '',
    });
    assert.deepEqual([rows.map(({ id }) => id), maxId, upTo], [[1, 3], 3, 3]);
  });

  it('gives pages, the newest rows and those asked for, each once', async () => {
    file.fill(100);
    const look = await store.look({ after: 10, oldest: NOON + 13, limit: 3, ids: [2, 14, 99, 777] });
    assert.deepEqual(
      look.rows.slice(0, 6).map(({ id }) => id),
      [2, 13, 14, 15, 81, 82],
    );
    assert.deepEqual([look.rows.length, look.maxId, look.upTo], [24, 100, 15]);
    assert.equal((await store.look({ ...everything, after: 98 })).upTo, 100);
  });

  it('has a stamp that every write changes and no look', async () => {
    file.add('a');
    const first = await store.stamp();
    await store.look(everything);
    assert.equal(await store.stamp(), first);
    file.end('a', { info: 'Call Ended' });
    assert.notEqual(await store.stamp(), first);
  });

  it('is absent until MicroSIP has made it, and is not made by us', async () => {
    assert.equal(await store.stamp(), undefined);
    await assert.rejects(store.look(everything), LaterError);
    writeFileSync(file.path, '');
    assert.equal(await store.stamp(), undefined);
    rmSync(file.path);
    assert.equal(await new CallLogDatabase(join(file.path, 'x', 'call_log.db')).stamp(), undefined);
    assert.deepEqual(readdirSync(file.folder), []);
  });

  it('is left as it was: nothing is written, held or put beside it', async () => {
    file.fill(50);
    file.close();
    const before = [readFileSync(file.path), statSync(file.path).mtimeMs] as const;
    await store.look(everything);
    assert.deepEqual([readFileSync(file.path), statSync(file.path).mtimeMs], before);
    assert.deepEqual(readdirSync(file.folder), ['call_log.db']);
    if (process.platform !== 'linux') return;
    const handles = readdirSync('/proc/self/fd').length;
    for (let i = 0; i < 50; i += 1) await store.look(everything);
    assert.equal(readdirSync('/proc/self/fd').length, handles);
  });

  it('cannot be written through our connection', () => {
    file.add('a');
    const { DatabaseSync } = sqlite();
    const database = new DatabaseSync(file.path, { readOnly: true });
    assert.throws(() => database.prepare('DELETE FROM call_log').all({}));
    database.close();
  });

  it('is read later while MicroSIP writes', async () => {
    file.add('a');
    file.open.exec('BEGIN EXCLUSIVE');
    const start = performance.now();
    await assert.rejects(store.look(everything), LaterError);
    assert.ok(performance.now() - start < 4000);
    file.open.exec('COMMIT');
    assert.equal((await store.look(everything)).rows.length, 1);
  });

  it('is read later after a crash in the middle of a write, and the rescue is left to MicroSIP', async () => {
    file.fill(5000);
    file.close();
    const program = `
      const { DatabaseSync } = require('node:sqlite');
      const database = new DatabaseSync(${JSON.stringify(file.path)});
      database.exec('PRAGMA cache_size = 2; BEGIN; UPDATE call_log SET name = name || name');
      process.kill(process.pid, 'SIGKILL');`;
    spawnSync(process.execPath, ['--no-warnings', '-e', program]);
    assert.deepEqual(readdirSync(file.folder).sort(), ['call_log.db', 'call_log.db-journal']);
    const before = readFileSync(file.path);
    await assert.rejects(store.look(everything), LaterError);
    assert.deepEqual(readFileSync(file.path), before);
    assert.deepEqual(readdirSync(file.folder).sort(), ['call_log.db', 'call_log.db-journal']);
    file.add('a');
    assert.equal((await store.look(everything)).maxId, 5001);
  });

  it('is refused with a reason when it is something else', async () => {
    writeFileSync(file.path, 'This is not a database. '.repeat(20));
    await assert.rejects(store.stamp(), problem('unsupported', 'history_damaged'));
    writeFileSync(file.path, 'SQLite');
    await assert.rejects(store.stamp(), LaterError);
    rmSync(file.path);
    const other = openDatabase(file.path);
    other.exec('CREATE TABLE contacts (id INTEGER)');
    await assert.rejects(store.look(everything), problem('unsupported', 'history_schema'));
    other.exec('CREATE TABLE call_log (id INTEGER PRIMARY KEY, number TEXT)');
    await assert.rejects(store.look(everything), (error: unknown) => {
      assert.ok(error instanceof PhoneError);
      assert.match(String(error.params['why']), /no such column/);
      return true;
    });
    other.close();
  });

  it('is refused when it is kept with a write-ahead log, before files are made beside it', async () => {
    file.add('a');
    file.open.exec('PRAGMA journal_mode = WAL');
    file.close();
    await assert.rejects(store.stamp(), problem('unsupported', 'history_wal'));
    assert.deepEqual(readdirSync(file.folder), ['call_log.db']);
  });

  it('says when it may not be read', async function () {
    if (process.platform === 'win32' || process.getuid?.() === 0) {
      console.log('skipped: nobody may be kept from reading here');
      this.skip();
    }
    file.add('a');
    chmodSync(file.path, 0);
    await assert.rejects(store.stamp(), problem('access_denied', 'history'));
  });
});
