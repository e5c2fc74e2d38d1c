import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PhoneError } from '../../../../src/phone/errors/phone-error';
import { SimulatedMicrosip } from '../../../../src/simulator/simulated-microsip';
import { skipBecause } from '../../../support/skip';
import { CallLogFile, openDatabase } from '../../observers/history/call-log-file';
import { until, Watching } from '../../observers/history/watching';
import { HAS_SQLITE, rowsOf, Traced } from './traced';

describe('call history of the simulated MicroSIP', () => {
  before(function () {
    if (!HAS_SQLITE) skipBecause(this, `Node.js ${process.versions.node} has no SQLite`);
  });

  it('is followed by the observer while MicroSIP has it open', async () => {
    const phone = await Traced.begin();
    const watching = await new Watching({ database: phone.historyPath, directory: phone.folder }).start();
    phone.microsip.far.incoming({ number: '1005', name: 'Ada' });
    await until(() => watching.eventNames.length === 1);
    phone.microsip.far.hangup();
    await until(() => watching.eventNames.length === 2);
    await watching.observer.stop();
    await phone.end();
    assert.deepEqual(watching.eventNames, ['incoming', 'ended']);
    const { call } = watching.events[1] ?? {};
    assert.deepEqual([call?.number, call?.name, call?.disposition], ['1005', 'Ada', 'missed']);
    assert.deepEqual(watching.problems, []);
  });

  it('a start leaves the newest 1000 rows, and ids go on', () => {
    const file = new CallLogFile();
    new SimulatedMicrosip({ traces: { history: file.path } }).dispose();
    file.fill(1005);
    file.close();
    const microsip = new SimulatedMicrosip({ traces: { history: file.path } });
    microsip.user.dial('1002');
    microsip.dispose();
    const rows = rowsOf(file.path);
    assert.deepEqual([rows.length, rows[0]?.id, rows.at(-1)?.id], [1001, 6, 1006]);
    file.remove();
  });

  it('tells how long a call was connected, rounded', async () => {
    const phone = await Traced.begin();
    const begun = Date.now();
    await phone.connected('1002');
    const connected = Date.now();
    await new Promise((resolve) => setTimeout(resolve, 600));
    const [least, most] = [Date.now() - connected, Date.now() - begun].map((ms) => Math.round(ms / 1000));
    phone.microsip.far.hangup();
    const [row] = phone.rows();
    assert.ok(least !== undefined && most !== undefined && row && row.duration >= 1);
    assert.ok(row.duration >= least && row.duration <= most, `${row.duration} s, not ${least} to ${most}`);
    await phone.end();
  });

  it('goes on after a crash; the row of the call that was lost stays without an end', async () => {
    const phone = await Traced.begin();
    await phone.connected('1002');
    phone.microsip.crash();
    phone.microsip.restart();
    await new Promise((resolve) => setTimeout(resolve, 120));
    await phone.connected('1003');
    phone.microsip.far.hangup();
    assert.deepEqual(
      phone.rows().map(({ info }) => info),
      ['', 'Call Ended'],
    );
    await phone.end();
  });

  it('that cannot be opened is an error', () => {
    assert.throws(() => new SimulatedMicrosip({ traces: { history: join(tmpdir(), 'nowhere', 'call_log.db') } }));
  });

  it('a write that fails is for the journal only', async () => {
    const phone = await Traced.begin();
    const database = openDatabase(phone.historyPath);
    database.exec('DROP TABLE call_log');
    database.close();
    await phone.connected('1002');
    assert.match(phone.done('box')[0] ?? '', /call_log/);
    await phone.end();
  });
});

describe('call history of the simulated MicroSIP without SQLite', () => {
  before(function () {
    if (HAS_SQLITE) skipBecause(this, `Node.js ${process.versions.node} has SQLite`);
  });

  it('is refused, and no other trace is begun', () => {
    const folder = mkdtempSync(join(tmpdir(), 'no-sqlite-'));
    assert.throws(
      () => new SimulatedMicrosip({ traces: { history: join(folder, 'call_log.db'), log: join(folder, 'log.txt') } }),
      (error) => error instanceof PhoneError && error.code === 'unsupported',
    );
    rmSync(folder, { recursive: true, maxRetries: 5 });
  });
});
