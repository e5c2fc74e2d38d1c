import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPhone, createSimulated } from '../../../../src/create-phone';
import { PhoneError } from '../../../../src/phone/errors/phone-error';
import { SimulatedMicrosip } from '../../../../src/simulator/simulated-microsip';
import { skipBecause } from '../../../support/skip';
import { CallLogFile, openDatabase } from '../../observers/history/call-log-file';
import { LOGS } from '../../observers/log/recorded-logs';
import { HAS_SQLITE, rowsOf } from './traced';

const REAL_LOG = readFileSync(join(LOGS, 'hold-resume.log'));
const onPosix = process.platform !== 'win32';

function refusedAs(reason: string) {
  return (error: unknown): boolean => error instanceof PhoneError && error.messageKey === `error.config.${reason}`;
}
const isRefused = refusedAs('write_foreign');

describe('files that a simulated phone is given', () => {
  let folder: string;
  let log: string;
  const begun: SimulatedMicrosip[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'own files '));
    log = join(folder, 'microsip_log.txt');
  });
  afterEach(() => {
    for (const microsip of begun.splice(0)) microsip.dispose();
    rmSync(folder, { recursive: true, maxRetries: 5 });
  });

  function simulate(settings: Parameters<typeof createSimulated>[0]): SimulatedMicrosip {
    const microsip = createSimulated(settings);
    begun.push(microsip);
    return microsip;
  }
  function callAndEnd(settings: Parameters<typeof createSimulated>[0]): void {
    const microsip = simulate(settings);
    microsip.user.dial('1002');
    microsip.dispose();
  }

  it('of a real MicroSIP, named by logFile and callLog, stay as they are', async () => {
    const database = join(folder, 'call_log.db');
    writeFileSync(log, REAL_LOG);
    writeFileSync(database, 'whatever it is');
    const names = readdirSync(folder);
    const phone = createPhone({ connection: 'simulator', logFile: log, callLog: database }, { directory: folder });
    await phone.open();
    await phone.execute({ type: 'dial', number: '1002' });
    await phone.close();
    assert.deepEqual(readFileSync(log), REAL_LOG);
    assert.equal(readFileSync(database, 'utf8'), 'whatever it is');
    assert.deepEqual(readdirSync(folder), names);
  });

  it('of a real MicroSIP are no log to write', () => {
    writeFileSync(log, REAL_LOG);
    assert.throws(() => createSimulated({ writeLog: log }), isRefused);
    assert.throws(() => new SimulatedMicrosip({ traces: { log } }), isRefused);
    assert.throws(() => createPhone({ connection: 'simulator', writeLog: log }), isRefused);
    assert.deepEqual(readFileSync(log), REAL_LOG);
    assert.deepEqual(readdirSync(folder), ['microsip_log.txt']);
  });

  it('are refused also when they are empty, or only look like its own', () => {
    callAndEnd({ writeLog: log });
    const own = readFileSync(log);
    const others: [string, Buffer][] = [
      ['empty', Buffer.alloc(0)],
      ['its mark later', Buffer.concat([REAL_LOG, own])],
      ['without line ends', Buffer.from(own.toString('latin1').replaceAll('\r\n', ' '), 'latin1')],
      ['cut before the mark', own.subarray(0, 80)],
    ];
    for (const [what, content] of others) {
      const path = join(folder, what);
      writeFileSync(path, content);
      assert.throws(() => createSimulated({ writeLog: path }), isRefused, what);
      assert.deepEqual(readFileSync(path), content, what);
    }
  });

  it('may be no folder, link or pipe', function () {
    if (!onPosix) skipBecause(this, 'Windows makes no links and pipes without special rights');
    const real = join(folder, 'real.txt');
    writeFileSync(real, REAL_LOG);
    const [directory, link, hard, dangling, pipe] = ['a', 'b', 'c', 'd', 'e'].map((name) => join(folder, name)) as [
      ...[string, string, string, string, string],
    ];
    mkdirSync(directory);
    symlinkSync(real, link);
    linkSync(real, hard);
    symlinkSync(join(folder, 'nowhere'), dangling);
    execFileSync('mkfifo', [pipe]);
    for (const path of [directory, link, hard, dangling, pipe, '/dev/null']) {
      assert.throws(() => createSimulated({ writeLog: path }), isRefused, path);
      if (HAS_SQLITE) assert.throws(() => createSimulated({ writeHistory: path }), isRefused, path);
    }
    assert.deepEqual(readFileSync(real), REAL_LOG);
    assert.deepEqual(readdirSync(folder).sort(), ['a', 'b', 'c', 'd', 'e', 'real.txt']);
  });

  it('may be none that cannot be read to see whose it is', function () {
    if (process.platform !== 'linux') skipBecause(this, 'only Linux has such a file');
    assert.throws(() => createSimulated({ writeLog: '/proc/self/mem' }), refusedAs('write_failed'));
  });

  it('are taken again after a restart when a simulated phone has made them', () => {
    callAndEnd({ writeLog: log });
    const first = readFileSync(log);
    callAndEnd({ writeLog: log });
    assert.deepEqual(readFileSync(join(folder, 'microsip_log_1.txt')), first);
    truncateSync(log, 400);
    callAndEnd({ writeLog: log });
    assert.ok(readFileSync(log).length > 400);
  });

  it('that become somebody else’s while it runs are left alone', async () => {
    const microsip = simulate({ writeLog: log });
    rmSync(log);
    writeFileSync(log, REAL_LOG);
    microsip.restart();
    await new Promise((resolve) => setTimeout(resolve, 120));
    microsip.user.dial('1002');
    assert.deepEqual(readFileSync(log), REAL_LOG);
    assert.match(microsip.journal.details('box')[0] ?? '', /microsip_log\.txt/);
  });

  it('are not shared by two phones, under whatever name', function () {
    const one = simulate({ writeLog: log });
    assert.throws(() => createSimulated({ writeLog: log }), refusedAs('write_twice'));
    assert.throws(() => createSimulated({ writeLog: join(folder, '.', 'x', '..', 'microsip_log.txt') }));
    if (onPosix) {
      const other = join(folder, 'other.txt');
      linkSync(log, other);
      assert.throws(() => createSimulated({ writeLog: other }), refusedAs('write_twice'));
    }
    const before = readFileSync(log).length;
    one.user.dial('1002');
    assert.ok(readFileSync(log).length > before, 'the first one goes on');
    one.dispose();
    callAndEnd({ writeLog: log });
  });

  it('that cannot be written are told by their path', () => {
    const path = join(folder, 'nowhere', 'log.txt');
    assert.throws(
      () => createSimulated({ writeLog: path }),
      (error) => refusedAs('write_failed')(error) && (error as Error).message.includes(path),
    );
  });

  describe('as a call history', () => {
    before(function () {
      if (!HAS_SQLITE) skipBecause(this, `Node.js ${process.versions.node} has no SQLite`);
    });

    it('are refused with the calls of a real MicroSIP, and nothing is trimmed or added', () => {
      const file = new CallLogFile();
      file.fill(1200);
      file.close();
      const bytes = readFileSync(file.path);
      assert.throws(() => createSimulated({ writeHistory: file.path }), isRefused);
      assert.deepEqual(readFileSync(file.path), bytes);
      assert.deepEqual(readdirSync(file.folder), ['call_log.db']);
      file.remove();
    });

    it('are refused as another database, an empty file, or beside the journal of one that is gone', () => {
      const other = join(folder, 'other.db');
      const database = openDatabase(other);
      database.exec('PRAGMA application_id=252006673; CREATE TABLE call_log (id INTEGER PRIMARY KEY)');
      database.close();
      const empty = join(folder, 'empty.db');
      writeFileSync(empty, '');
      const lost = join(folder, 'lost.db');
      writeFileSync(`${lost}-journal`, REAL_LOG);
      for (const path of [other, empty, lost, log]) {
        if (path === log) callAndEnd({ writeLog: log });
        assert.throws(() => createSimulated({ writeHistory: path }), isRefused, path);
      }
      assert.deepEqual(readFileSync(`${lost}-journal`), REAL_LOG);
      assert.equal(readFileSync(empty).length, 0);
    });

    it('go on after a restart with the calls that are in them', () => {
      const path = join(folder, 'call_log.db');
      callAndEnd({ writeHistory: path });
      callAndEnd({ writeHistory: path, writeLog: log });
      assert.equal(rowsOf(path).length, 2);
    });

    it('leave no other file begun, and none held, when they are refused', () => {
      const path = join(folder, 'call_log.db');
      writeFileSync(log, REAL_LOG);
      assert.throws(() => createSimulated({ writeHistory: path, writeLog: log }), isRefused);
      callAndEnd({ writeHistory: path });
    });

    it('are not the log at the same time', () => {
      assert.throws(() => createSimulated({ writeHistory: log, writeLog: log }), PhoneError);
    });
  });
});
