import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HistoryOptions } from '../../../../src/observers/history/history-options';
import { CallLogFile, now, skipWithoutSqlite } from './call-log-file';
import { until, Watching } from './watching';

describe('the history observer', () => {
  let directory: string;
  const running: Watching[] = [];

  async function watching(options: Pick<HistoryOptions, 'database'> & Partial<HistoryOptions>): Promise<Watching> {
    const one = new Watching({ directory, ...options });
    running.push(one);
    return one.start();
  }

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'user-dir-'));
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map(({ observer }) => observer.stop()));
    rmSync(directory, { recursive: true, maxRetries: 5 });
  });

  describe('with call_log.db', () => {
    let file: CallLogFile;
    let database: string;

    before(function () {
      skipWithoutSqlite(this);
    });
    beforeEach(() => {
      file = new CallLogFile();
      database = file.path;
    });
    afterEach(() => {
      file.remove();
    });

    it('tells the life of a call under its Call-ID', async () => {
      file.fill(30);
      const { observations, eventNames, events, finished, observer } = await watching({ database });
      assert.deepEqual([observations, finished], [[], []]);
      file.add('live@host', { type: 1, number: 'ada@example.org', name: 'Ada' });
      await until(() => observations.length === 1);
      assert.deepEqual(observations[0], {
        type: 'call',
        time: observations[0]?.time,
        source: 'history',
        key: 'live@host',
        direction: 'inbound',
        state: 'ringing',
        facts: { sipCallId: 'live@host', number: 'ada', name: 'Ada', uri: 'sip:ada@example.org' },
      });
      file.end('live@host', { duration: 1, info: 'Call Ended' });
      await until(() => events.length === 3);
      await observer.refresh();
      assert.deepEqual(
        events.map(({ event, confidence }) => `${event} ${confidence}`),
        ['incoming exact', 'answered inferred', 'ended inferred'],
      );
      assert.equal(events.at(-1)?.call?.disposition, 'answered');
      assert.deepEqual([eventNames, finished], [[], []]);
    });

    it('tells how calls ended that were not answered', async () => {
      const seen = await watching({ database });
      for (const id of ['busy', 'missed', 'elsewhere', 'declined']) file.add(id, { type: id === 'busy' ? 0 : 1 });
      await until(() => seen.events.length === 4);
      file.end('busy', { info: 'Busy Here' });
      file.end('missed', { type: 2, info: 'Missed Call' });
      file.end('elsewhere', { type: 3, info: 'Answered Elsewhere' });
      file.end('declined', { type: 2, info: 'Busy Here' });
      await until(() => seen.events.length === 8);
      const outcomes = seen.events.slice(4).map(({ call }) => [call?.sipCallId, call?.disposition]);
      assert.deepEqual(Object.fromEntries(outcomes), {
        busy: 'busy',
        missed: 'missed',
        elsewhere: 'answered_elsewhere',
        declined: 'rejected',
      });
    });

    it('catches up once with what was missed, over restarts', async () => {
      file.fill(30);
      const first = await watching({ database });
      file.add('before', { type: 1 });
      await until(() => first.events.length === 1);
      await first.observer.stop();
      file.end('before', { duration: 7, info: 'Call Ended' });
      file.add('missed', { type: 2, info: 'Missed Call' });
      const second = await watching({ database });
      await until(() => second.finished.length === 2);
      assert.deepEqual(
        second.finished.map(({ call, duration, replayed }) => [call.sipCallId, call.disposition, duration, replayed]),
        [
          ['before', 'answered', 7, true],
          ['missed', 'missed', 0, true],
        ],
      );
      file.add('while it runs', { type: 2, info: 'Busy Here' });
      await until(() => second.finished.length === 3);
      assert.deepEqual([second.finished[2]?.replayed, second.finished[2]?.rang], [false, false]);
      await second.observer.stop();
      const third = await watching({ database });
      await sleep(150);
      assert.deepEqual([third.finished, third.observations, second.events], [[], [], []]);
    });

    it('catches up with thousands of calls while others come, and tells a ringing one at once', async () => {
      file.add('told', { type: 2, info: 'Missed Call', time: now() - 3000 });
      await (await watching({ database })).observer.stop();
      file.fill(2000, now() - 2500);
      file.add('ringing', { type: 1 });
      const start = Date.now();
      const seen = await watching({ database });
      assert.equal(seen.observations.length, 1);
      assert.ok(seen.finished.length < 2000, 'it catches up first');
      await seen.observer.refresh();
      let added = 0;
      while (seen.finished.length < 2000 + added) {
        if (added < 20 && seen.finished.length > added * 50)
          file.add(`new ${++added}`, { type: 2, info: 'Missed Call' });
        await sleep(5);
      }
      await sleep(200);
      assert.equal(new Set(seen.finishedKeys).size, 2020);
      assert.equal(seen.finished.length, 2020);
      assert.equal(seen.finished.filter(({ replayed }) => replayed).length, 2000);
      console.log(`      2020 calls in ${Date.now() - start} ms`);
    });

    it('goes on after each kind of break', async () => {
      const seen = await watching({ database });
      file.add('one', { type: 2, info: 'Missed Call' });
      await until(() => seen.finished.length === 1);
      file.open.exec('BEGIN EXCLUSIVE');
      await seen.observer.refresh();
      await sleep(300);
      file.open.exec('COMMIT');
      file.add('two', { type: 2, info: 'Missed Call' });
      await until(() => seen.finished.length === 2);
      file.open.exec('DELETE FROM call_log');
      await sleep(200);
      file.add('three', { type: 2, info: 'Missed Call' });
      await until(() => seen.finished.length === 3);
      file.close();
      renameSync(file.folder, `${file.folder} old`);
      await sleep(250);
      mkdirSync(file.folder);
      file.add('four', { type: 2, info: 'Missed Call' });
      await until(() => seen.finished.length === 4);
      rmSync(`${file.folder} old`, { recursive: true });
      assert.deepEqual(seen.finishedKeys, ['one', 'two', 'three', 'four']);
      assert.deepEqual(seen.problems, []);
    });

    it('starts at the newest row when what it kept is damaged', async () => {
      file.add('one', { type: 2, info: 'Missed Call' });
      writeFileSync(join(directory, 'microsip-call-history.json'), '{"entries":');
      const seen = await watching({ database });
      await sleep(150);
      assert.deepEqual(seen.finished, []);
      file.add('two', { type: 2, info: 'Missed Call' });
      await until(() => seen.finished.length === 1);
    });

    it('takes the end of a call from another source', async () => {
      const seen = await watching({ database, endDelay: 2000 });
      file.add('one');
      await until(() => seen.events.length === 1);
      const [told] = seen.events;
      assert.ok(told);
      seen.observer.note({ type: 'told', event: { ...told, event: 'ended' } });
      file.end('one', { info: 'Canceled' });
      await sleep(150);
      await seen.observer.stop();
      const again = await watching({ database });
      await sleep(150);
      assert.deepEqual([again.finished, seen.events.length], [[], 1]);
    });

    it('keeps apart two phones with the same MicroSIP', async () => {
      const one = await watching({ database, phone: 'a' });
      const two = await watching({ database, phone: 'b' });
      await one.observer.stop();
      file.add('missed', { type: 2, info: 'Missed Call' });
      await until(() => two.finished.length === 1);
      await two.observer.stop();
      const again = await watching({ database, phone: 'a' });
      await until(() => again.finished.length === 1);
      assert.equal(again.finished[0]?.call.callId, two.finished[0]?.call.callId);
    });

    it('complains once, and works again when the cause is gone', async () => {
      writeFileSync(database, 'This is not a database. '.repeat(20));
      const seen = await watching({ database });
      await sleep(350);
      assert.deepEqual(
        seen.problems.map(({ messageKey }) => messageKey),
        ['error.unsupported.history_damaged'],
      );
      rmSync(database);
      file.add('one', { type: 1 });
      await until(() => seen.events.length === 1);
    });

    it('reports what it can when nothing can be kept', async () => {
      const blocked = join(directory, 'blocked');
      writeFileSync(blocked, 'a file where the directory should be');
      const seen = await watching({ database, directory: blocked });
      file.add('one', { type: 2, info: 'Missed Call' });
      await until(() => seen.finished.length === 1);
      assert.deepEqual(
        seen.problems.map(({ messageKey }) => messageKey),
        ['error.unsupported.history_not_kept'],
      );
    });

    it('says nothing after it was stopped, and can be started again', async () => {
      const seen = await watching({ database });
      file.add('one');
      await seen.observer.stop();
      await seen.observer.refresh();
      const count = seen.observations.length;
      file.end('one', { info: 'Canceled' });
      await sleep(200);
      assert.equal(seen.observations.length, count);
      await Promise.all([seen.start(), seen.observer.stop(), seen.start()]);
      await until(() => seen.finished.length === 1);
      await sleep(150);
      assert.deepEqual(seen.finishedKeys, ['one']);
    });
  });

  describe('without SQLite', () => {
    it('says so once, and is no hindrance otherwise', async function () {
      if (process.getBuiltinModule('node:sqlite')) {
        console.log(`skipped: Node.js ${process.versions.node} has node:sqlite`);
        this.skip();
      }
      const database = join(directory, 'call_log.db');
      const header = Buffer.alloc(4096);
      header.write('SQLite format 3\0');
      header[18] = header[19] = 1;
      writeFileSync(database, header);
      const seen = await watching({ database });
      await seen.observer.refresh();
      await sleep(250);
      assert.deepEqual(
        seen.problems.map(({ code, messageKey }) => [code, messageKey]),
        [['unsupported', 'error.unsupported.no_sqlite']],
      );
      assert.deepEqual([seen.observations, seen.finished], [[], []]);
    });
  });

  describe('with the ini of an older MicroSIP', () => {
    let folder: string;
    let ini: string;
    const entries: string[] = [];
    const write = (): void => {
      const text = ['[Calls]', ...entries.map((entry, i) => `${i}=${entry}`), '[Settings]'].join('\r\n');
      writeFileSync(ini, Buffer.from(`\uFEFF${text}`, 'utf16le'));
    };
    const add = (entry: string): number => {
      entries.push(entry);
      write();
      return entries.length - 1;
    };

    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'microsip-'));
      ini = join(folder, 'microsip.ini');
      entries.length = 0;
    });
    afterEach(() => {
      rmSync(folder, { recursive: true, maxRetries: 5 });
    });

    it('tells the life of a call, and catches up with what was missed', async () => {
      add(`1001;Ada;2;${now() - 50};0;Missed Call`);
      const options = { database: join(folder, 'call_log.db'), ini };
      const first = await watching(options);
      const time = now();
      const live = add(`1002;Bob; Jr.;1;${time};0;`);
      await until(() => first.events.length === 1);
      const [seen] = first.observations;
      assert.deepEqual(seen?.type === 'call' && [seen.key, seen.facts], [
        `1:${time}`,
        { number: '1002', name: 'Bob; Jr.' },
      ]);
      entries[live] = `1002;Bob; Jr.;1;${time};2;Call Ended`;
      write();
      await until(() => first.events.length === 3);
      assert.deepEqual(first.eventNames, ['incoming', 'answered', 'ended']);
      await first.observer.stop();
      entries[0] = 'null';
      add(`1003;Eve;2;${now()};0;Missed Call`);
      const second = await watching(options);
      await until(() => second.finished.length === 1);
      assert.deepEqual([second.finished[0]?.call.number, second.finished[0]?.replayed], ['1003', true]);
      await second.observer.stop();
      const third = await watching(options);
      await sleep(150);
      assert.deepEqual([first.finished, third.finished, third.events], [[], [], []]);
    });

    it('goes over to the database when MicroSIP is updated', async function () {
      skipWithoutSqlite(this);
      const file = new CallLogFile();
      ini = join(file.folder, 'microsip.ini');
      add(`1001;Ada;2;${now() - 50};0;Missed Call`);
      const seen = await watching({ database: file.path, ini });
      file.add('imported', { type: 2, info: 'Missed Call', time: now() - 50 });
      await until(() => readFileSync(join(directory, 'microsip-call-history.json'), 'utf8').includes('call_log.db'));
      file.add('new', { type: 1 });
      await until(() => seen.events.length === 1);
      assert.equal(seen.observations[0]?.type === 'call' && seen.observations[0].key, 'new');
      assert.deepEqual(seen.finished, []);
      assert.match(readFileSync(join(directory, 'microsip-call-history.json'), 'utf8'), /call_log\.db/);
      await seen.observer.stop();
      file.remove();
    });
  });
});
