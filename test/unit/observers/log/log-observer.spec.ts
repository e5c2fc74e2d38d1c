import assert from 'node:assert/strict';
import { systemClock, type Clock } from '../../../../src/clock';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import type { Observation } from '../../../../src/phone/ports/observation';
import { eventually } from '../../../support/eventually';
import { hostOf } from '../../../support/observer-host';
import { LogObserver } from '../../../../src/observers/log/log-observer';
import type { Call, CallEnding } from '../../../../src/phone/calls/call';
import { LogToObservations } from '../../../../src/observers/log/log-to-observations';
import { skipBecause } from '../../../support/skip';
import { readInPieces, recordedLog } from './recorded-logs';
import { said } from './said';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Local time of the day of the recordings that matter here. */
const at = (clock: string, day = '2026-11-22'): number => new Date(`${day}T${clock}`).getTime();

describe('log observer', () => {
  let folder = '';
  let path = '';
  let seen: Observation[] = [];
  let observer: LogObserver | undefined;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'log-observer-'));
    path = join(folder, 'microsip_log.txt');
    seen = [];
  });

  afterEach(async () => {
    await observer?.stop();
    observer = undefined;
    rmSync(folder, { recursive: true, maxRetries: 5 });
  });

  async function observe(
    { presence = false, ...clock }: { presence?: boolean } & Partial<Clock> = {},
    calls: readonly Call[] = [],
  ): Promise<LogObserver> {
    observer = new LogObserver({ path, presence });
    // What nobody sets is the wall clock.
    const now = clock.wall ? { now: clock.wall } : {};
    const host = { clock: { ...systemClock, ...now, ...clock }, knownCalls: () => calls };
    await observer.start(hostOf((observation) => seen.push(observation), host));
    return observer;
  }

  const says = (): string[] => seen.map(said).filter(Boolean);
  async function until(condition: () => boolean): Promise<void> {
    await eventually(() => condition() || undefined).catch(() => assert.fail(says().join('\n')));
  }

  const killed = recordedLog('app-killed-mid-call').bytes;
  const CALL = 'in-1-df616f15@pbx.example.test';
  const expectedOf = (bytes: Buffer): string[] => {
    const observations = new LogToObservations((time) => time);
    return readInPieces(bytes)
      .flatMap((happening) => observations.take(happening))
      .map(said)
      .filter(Boolean);
  };

  it('follows a log while it is written, from before it is there', async () => {
    const { bytes } = recordedLog('call-waiting');
    const followed = await observe();
    const sizes = fc.sample(fc.integer({ min: 1, max: 4_000 }), { seed: 7, numRuns: 100 });
    let from = 0;
    for (const size of sizes) {
      appendFileSync(path, bytes.subarray(from, from + size));
      from += size;
      await followed.refresh();
    }
    assert.ok(from > bytes.length);
    assert.deepEqual(says(), expectedOf(bytes));
  });

  it('reports a line without being asked', async () => {
    await observe();
    writeFileSync(path, killed);
    await until(() => seen.length > 0);
    const { bytes } = recordedLog('register-403-failed');
    const before = seen.length;
    const failed = bytes.subarray(bytes.indexOf('20:38:17.714            pjsua_acc.c  ....SIP registration failed'));
    await wait(50);
    appendFileSync(path, failed);
    await until(() => seen.length > before);
  });

  it('tells the current state when it joins a log, and nothing of what is over', async () => {
    const { bytes } = recordedLog('two-concurrent-calls');
    const cut = bytes.indexOf('BYE sip:1001@');
    const middle = bytes.lastIndexOf('\n20:37:56', cut) + 1;
    writeFileSync(path, bytes.subarray(0, middle));
    const followed = await observe();
    const key = 'c6d8340c-c55d-46e0-b865-9b9a065cd733';
    assert.deepEqual(says(), ['registration registered', `${key} dialing`, `${key} connected`]);
    appendFileSync(path, bytes.subarray(middle));
    await followed.refresh();
    assert.deepEqual(says().slice(3), [`${key} ended`, 'registration unregistered']);
  });

  it('tells a held call from its beginning when it joins', async () => {
    const { bytes } = recordedLog('remote-hold');
    writeFileSync(path, bytes.subarray(0, bytes.indexOf('20:37:21')));
    await observe();
    const key = 'in-1-10898b19@pbx.example.test';
    assert.deepEqual(says().slice(1), [`${key} ringing`, `${key} connected`, `${key} held remote`]);
    const [ringing, connected, held] = seen.slice(1).map(({ time }) => time) as [number, number, number];
    assert.deepEqual([connected - ringing, held - connected], [720, 1_502]);
  });

  it('ends open calls when the log is truncated, and goes on with the new one', async () => {
    writeFileSync(path, killed);
    const followed = await observe();
    assert.deepEqual(says().at(-1), `${CALL} connected`);
    truncateSync(path);
    await followed.refresh();
    assert.equal(says().at(-1), `${CALL} ended, as it seems`);
    const before = seen.length;
    const { bytes } = recordedLog('restart-truncates-log');
    writeFileSync(path, bytes);
    await followed.refresh();
    assert.deepEqual(says().slice(before), expectedOf(bytes));
  });

  it('takes a call of the next MicroSIP for another one, though it has the same Call-ID', async () => {
    const { bytes } = recordedLog('incoming-answered-remote-hangup');
    const followed = await observe();
    const keys = new Set<string>();
    for (const time of [1, 2, 3]) {
      writeFileSync(path, '');
      await followed.refresh();
      writeFileSync(path, bytes);
      await followed.refresh();
      for (const one of seen) if (one.type === 'call') keys.add(one.key);
      assert.equal(keys.size, time);
      assert.equal(seen.filter(({ type }) => type === 'call_ended').length, time);
    }
  });

  it('notices a quick restart that outgrew the place where it was', async () => {
    writeFileSync(path, killed);
    const followed = await observe();
    const before = seen.length;
    const { bytes } = recordedLog('retransmissions');
    writeFileSync(path, bytes);
    await followed.refresh();
    assert.deepEqual(says().slice(before), [`${CALL} ended, as it seems`, ...expectedOf(bytes)]);
  });

  it('reads a renamed log to its end and opens the new one by name', async () => {
    const { bytes } = recordedLog('incoming-answered-remote-hangup');
    const middle = bytes.indexOf('Request msg ACK');
    const start = bytes.lastIndexOf('\n', middle) + 1;
    writeFileSync(path, bytes.subarray(0, start));
    const followed = await observe();
    const before = seen.length;
    renameSync(path, join(folder, 'microsip_log_1.txt'));
    appendFileSync(join(folder, 'microsip_log_1.txt'), bytes.subarray(start));
    const next = recordedLog('incoming-rejected').bytes;
    writeFileSync(path, next);
    const key = 'in-1-7ce5dd27@pbx.example.test';
    const expected = [`${key} ended`, 'registration unregistered', ...expectedOf(next)];
    await followed.refresh();
    assert.deepEqual(says().slice(before), expected);
  });

  it('goes on when the log was removed and made again', async () => {
    writeFileSync(path, killed);
    await observe();
    rmSync(path);
    await wait(300);
    writeFileSync(path, recordedLog('incoming-rejected').bytes);
    await until(() => says().includes('in-1-efee4a30@pbx.example.test ended'));
    assert.ok(says().includes(`${CALL} ended, as it seems`));
  });

  it('does not report the past of a log that is large when it appears', async () => {
    const followed = await observe();
    const { bytes } = recordedLog('incoming-rejected');
    writeFileSync(path, Buffer.concat([...Array.from({ length: 20 }, () => bytes), killed]));
    await until(() => seen.length > 0);
    await followed.refresh();
    assert.deepEqual(says(), ['registration registered', `${CALL} ringing`, `${CALL} connected`]);
  });

  it('is silent about a log that nobody seems to write, until it goes on', async () => {
    writeFileSync(path, killed);
    const now = at('12:00:00');
    utimesSync(path, now / 1000, (now - 10 * MINUTE) / 1000);
    const followed = await observe({ wall: () => now });
    assert.deepEqual(says(), []);
    appendFileSync(path, '20:47:00.000           pjsua_core.c  alive\r\n');
    await followed.refresh();
    assert.deepEqual(says(), ['registration registered', `${CALL} ringing`, `${CALL} connected`]);
  });

  it('goes on with a call that the phone knows of, however long the log has been silent', async () => {
    writeFileSync(path, killed);
    const now = at('21:30:00');
    utimesSync(path, now / 1000, at('20:46:54') / 1000);
    const known = { callId: 'id', sipCallId: CALL, callState: 'connected' as const, startTime: 1 };
    await observe({ wall: () => now, presence: true }, [known]);
    assert.deepEqual(says().slice(-2), [`${CALL} ringing`, `${CALL} connected`]);
    assert.ok(!says().includes('absent'));
  });

  for (const [log, ending] of [
    ['incoming-answered-elsewhere', { sipStatus: 487, elsewhere: true }],
    ['outgoing-busy-486', { sipStatus: 486 }],
    ['incoming-rejected', { endedBy: 'local' }],
    ['incoming-answered-remote-hangup', { endedBy: 'remote', sipStatus: 200 }],
  ] as const) {
    it(`tells with its reason the end of a call that ended while the phone was deployed (${log})`, async () => {
      const { bytes, expected } = recordedLog(log);
      writeFileSync(path, bytes);
      const sipCallId = expected.calls[0]?.sip_call_id ?? '';
      const known = { callId: 'id', sipCallId, callState: 'ringing' as const, startTime: 1 };
      await observe({ presence: true }, [known]);
      const ends = seen.filter((each) => each.type === 'call_ended');
      assert.deepEqual(
        ends.map(({ key }) => key),
        [sipCallId],
      );
      for (const [name, value] of Object.entries(ending))
        assert.equal(ends[0]?.ending[name as keyof CallEnding], value, name);
      const states = expected.calls[0]?.answered ? ['ringing', 'connected', 'ended'] : ['ended'];
      const last = says().filter((text) => text.startsWith(sipCallId));
      assert.deepEqual(
        last.slice(-states.length).map((text) => text.split(' ').at(-1)),
        states,
      );
    });
  }

  it('dates a call that it found silent and that ends after midnight, whatever the time of the file says', async () => {
    writeFileSync(path, killed);
    let now = at('23:50:00');
    utimesSync(path, now / 1000, (now - 9 * 60 * MINUTE) / 1000);
    const known = { callId: 'id', sipCallId: CALL, callState: 'connected' as const, startTime: 1 };
    const followed = await observe({ wall: () => now }, [known]);
    assert.equal(seen.at(-1)?.time, at('20:46:54.310'));
    now = at('00:10:00', '2026-11-23');
    appendFileSync(path, '00:10:00.000           pjsua_core.c  .PJSUA destroyed...\r\n');
    await followed.refresh();
    assert.deepEqual(
      seen.filter(({ type }) => type === 'call_ended').map(({ time }) => time),
      [now],
    );
  });

  it('does not say that MicroSIP is gone because there is no log, while the phone knows of calls', async () => {
    const known = { callId: 'id', callState: 'ringing' as const, startTime: 1 };
    await observe({ presence: true }, [known]);
    assert.deepEqual(says(), []);
  });

  for (const [file, now, modified, dated] of [
    ['lags behind, as on NTFS', at('20:47:30'), -3 * DAY, at('20:46:54.310')],
    ['is after now, as on a share', at('20:17:30'), 3 * DAY + 300 * MINUTE, at('20:16:54.310')],
  ] as const)
    it(`is not silent, and dates nothing after now, when the time of the file ${file}`, async () => {
      writeFileSync(path, killed);
      utimesSync(path, now / 1000, (now + modified) / 1000);
      await observe({ wall: () => now });
      assert.equal(says().length, 3);
      assert.equal(seen.at(-1)?.time, dated);
    });

  it('dates a call that goes on over midnight', async () => {
    const { bytes } = recordedLog('midnight-rollover');
    const midnight = bytes.indexOf('\n00:00:') + 1;
    let now = at('23:59:58.100');
    const followed = await observe({ wall: () => now });
    writeFileSync(path, bytes.subarray(0, midnight));
    await followed.refresh();
    now = at('00:00:02.100', '2026-11-23');
    appendFileSync(path, bytes.subarray(midnight));
    await followed.refresh();
    const calls = seen.filter(({ type }) => type === 'call' || type === 'call_ended');
    assert.deepEqual(
      calls.map(({ time }) => time),
      [at('23:59:57.564'), at('23:59:58.087'), at('00:00:02.088', '2026-11-23')],
    );
  });

  it('dates a call that began before midnight when it joins after', async () => {
    const { bytes } = recordedLog('midnight-rollover');
    writeFileSync(path, bytes.subarray(0, bytes.indexOf('BYE sip:')));
    await observe({ wall: () => at('00:00:30', '2026-11-23') });
    assert.equal(seen.at(-1)?.time, at('23:59:58.087'));
  });

  it('gives out a message that waits for a rest which never comes', async () => {
    const followed = await observe();
    const cancelled = recordedLog('incoming-cancelled-by-caller').bytes;
    const cancel = cancelled.indexOf('RX 413 bytes') < 0 ? cancelled.indexOf('Request msg CANCEL') : 0;
    const start = cancelled.lastIndexOf('\n', cancel) + 1;
    const end = cancelled.indexOf('--end msg--\r\n', start) + '--end msg--\r\n'.length;
    // More bytes are announced than are written, as when a NUL byte is among them.
    const announced = cancelled
      .subarray(start, end)
      .toString('latin1')
      .replace(/RX \d+ bytes/, 'RX 999 bytes');
    writeFileSync(path, Buffer.concat([cancelled.subarray(0, start), Buffer.from(announced, 'latin1')]));
    await followed.refresh();
    assert.equal(says().at(-1), 'in-1-022914f7@pbx.example.test ringing');
    await until(() => says().at(-1) === 'in-1-022914f7@pbx.example.test ended');
  });

  it('takes a registration that nobody renews for lost', async () => {
    const { bytes } = recordedLog('register-ok');
    let now = at('20:38:13');
    const followed = await observe({ wall: () => now, monotonic: () => now });
    writeFileSync(path, bytes.subarray(0, bytes.indexOf('20:38:13.9')));
    await followed.refresh();
    assert.equal(says().at(-1), 'registration registered');
    now += 306_000;
    await until(() => says().at(-1) === 'registration unregistered');
  });

  it('says nothing of MicroSIP itself, unless it is all that is known of it', async () => {
    const { bytes } = recordedLog('register-ok');
    const silent = await observe();
    writeFileSync(path, bytes);
    await silent.refresh();
    assert.ok(seen.every(({ type }) => type === 'registration'));
    await silent.stop();
    rmSync(path);
    seen = [];
    const telling = await observe({ presence: true });
    writeFileSync(path, bytes);
    await telling.refresh();
    assert.deepEqual(
      says().filter((text) => !text.startsWith('registration')),
      ['absent', 'starting', 'ready', 'absent'],
    );
  });

  for (const [what, lost] of [
    ['its beginning', (text: string) => text.slice(text.indexOf('\n', text.indexOf('registration success')) + 1)],
    ['the line that says that MicroSIP runs', (text: string) => text.replace(/^.*STARTING --> RUNNING\r?\n/m, '')],
  ] as const) {
    it(`knows by the calls in a log that has lost ${what} that MicroSIP is there`, async () => {
      const { bytes } = recordedLog('incoming-cancelled-by-caller');
      const telling = await observe({ presence: true });
      writeFileSync(path, Buffer.from(lost(bytes.toString('latin1')), 'latin1'));
      await telling.refresh();
      const [ready, rings] = [says().indexOf('ready'), says().findIndex((text) => text.endsWith(' ringing'))];
      assert.ok(ready >= 0 && ready < rings, says().join());
    });
  }

  it('waits for a log whose name stands for something else', async () => {
    mkdirSync(path);
    await observe();
    await wait(200);
    rmSync(path, { recursive: true });
    writeFileSync(path, killed);
    await until(() => says().includes(`${CALL} connected`));
  });

  it('does not wait for a file of the system that calls itself regular and answers only some time', async function () {
    if (!existsSync('/proc/kmsg') || process.getuid?.() !== 0) skipBecause(this, 'there is no such file here');
    path = '/proc/kmsg';
    const before = performance.now();
    const following = await observe();
    await following.stop();
    assert.ok(performance.now() - before < 3_000);
  });

  it('reports nothing after it was stopped, and stops while it reads', async () => {
    writeFileSync(path, Buffer.concat(Array.from({ length: 200 }, () => killed)));
    observer = new LogObserver({ path });
    const started = observer.start(hostOf((observation) => seen.push(observation)));
    await observer.stop();
    await started;
    appendFileSync(path, recordedLog('incoming-rejected').bytes);
    await wait(150);
    assert.deepEqual(says(), []);
  });
});
