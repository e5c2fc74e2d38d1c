import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogHealth } from '../../../../src/observers/log/log-health';
import { LogObserver } from '../../../../src/observers/log/log-observer';
import { FakeClock } from '../../../support/fake-clock';
import { hostOf } from '../../../support/observer-host';
import { recordedLog } from './recorded-logs';

describe('the look at the file of the log', () => {
  let folder: string;
  let clock: FakeClock;
  let told: string[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'log-health-'));
    clock = new FakeClock();
    told = [];
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, maxRetries: 5 });
  });

  const log = (bytes: number): string => {
    const path = join(folder, 'microsip_log.txt');
    writeFileSync(path, 'x'.repeat(bytes));
    return path;
  };
  const ini = (text: string, ageMs: number): string => {
    const path = join(folder, 'microsip.ini');
    writeFileSync(path, Buffer.from(`\ufeff[Settings]\r\n${text}\r\n`, 'utf16le'));
    const written = (clock.wall() - ageMs) / 1000;
    utimesSync(path, written, written);
    return path;
  };
  const host = () =>
    hostOf(
      (seen) => {
        if (seen.type === 'trouble') told.push(`${seen.cause} ${seen.problem ?? 'over'}`);
      },
      { clock },
    );
  const look = async (health: LogHealth, wasWritten = true): Promise<string[]> => {
    await clock.pass(6000);
    await health.look(host(), wasWritten);
    return told.splice(0);
  };

  it('tells of one that has grown too large, as long as it is', async () => {
    const health = new LogHealth({ path: log(100), largest: 1000 });
    assert.deepEqual(await look(health), []);
    log(1001);
    assert.deepEqual(await look(health), ['log_size config']);
    assert.deepEqual(await look(health), ['log_size config']);
    log(0);
    assert.deepEqual(await look(health), ['log_size over']);
    assert.deepEqual(await look(health), []);
  });

  it('tells that it was switched off, and on again', async () => {
    const health = new LogHealth({ path: log(10), ini: ini('enableLog=1', 9_000_000) });
    assert.deepEqual(await look(health), []);
    ini('enableLog=0', 60_000);
    assert.deepEqual(await look(health), ['log_switch config']);
    ini('enableLog=1', 50_000);
    assert.deepEqual(await look(health), ['log_switch over']);
  });

  it('takes one that was off before for what somebody wants', async () => {
    const health = new LogHealth({ path: log(10), ini: ini('', 60_000) });
    assert.deepEqual(await look(health, false), []);
  });

  it('knows after a deploy that it was written before somebody switched it off', async () => {
    const path = log(0);
    appendFileSync(path, recordedLog('app-killed-mid-call').bytes);
    let observer = new LogObserver({ path });
    await observer.start(hostOf(() => undefined));
    const left = observer.memory();
    await observer.stop();
    const off = ini('enableLog=0', 600_000);
    utimesSync(path, (clock.wall() - 600_000) / 1000, (clock.wall() - 600_000) / 1000);
    for (const memory of [{}, left]) {
      observer = new LogObserver({ path, ini: off });
      await observer.start({ ...host(), remembered: (name) => memory[name] });
      await clock.pass(6000);
      await observer.stop();
      assert.deepEqual([...new Set(told.splice(0))], memory === left ? ['log_switch config'] : []);
    }
  });

  it('does not touch an ini that is being written', async () => {
    const health = new LogHealth({ path: log(10), ini: ini('enableLog=0', -5900) });
    assert.deepEqual(await look(health), []);
    assert.deepEqual(await look(health), ['log_switch config']);
  });

  it('says nothing of files that are not there', async () => {
    assert.deepEqual(await look(new LogHealth({ path: join(folder, 'none'), ini: join(folder, 'none.ini') })), []);
  });
});
