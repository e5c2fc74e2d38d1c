import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { userPart } from '../../../src/phone/numbers/user-part';
import { shownText } from '../../../src/phone/texts/shown-text';
import type { HistoryOptions } from '../../../src/observers/history/history-options';
import { openDatabase } from '../../unit/observers/history/call-log-file';
import { until, Watching } from '../../unit/observers/history/watching';
import type { Call } from '../../../src/phone/calls/call';
import { eventually } from '../../support/eventually';
import { skipBecause } from '../../support/skip';
import { HISTORY_ROWS, HOSTILE_TEXTS, MISSED } from '../support/history-rows';
import { IN, OUT, play, type Step } from '../support/play';
import { StandIn, whyNoStandIn, type StandInOptions } from '../support/stand-in';

interface Row {
  id: number;
  callId: string;
  number: string;
  name: string;
  type: number;
  time: number;
  duration: number;
  info: string;
}

const bare = (text: string): string => (shownText(text) ?? '').replace(/[ ().\-/]/g, '');

/** The calls whose end was told; those that were over too soon to be seen going on come last. */
function over({ events, finished }: Watching): Call[] {
  const ended = events.flatMap(({ event, call }) => (event === 'ended' ? [call] : []));
  return [...ended, ...finished.map(({ call }) => call)];
}

describe('the call history that MicroSIP writes', () => {
  const standIns: StandIn[] = [];
  const watchings: Watching[] = [];
  let directory = '';

  before(function () {
    const why = whyNoStandIn();
    if (why) skipBecause(this, why);
  });
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'user-dir-'));
  });
  afterEach(async () => {
    for (const one of watchings.splice(0)) await one.observer.stop();
    for (const standIn of standIns.splice(0)) await standIn.end();
    rmSync(directory, { recursive: true, maxRetries: 5 });
  });

  const start = async (options: StandInOptions = {}): Promise<StandIn> => {
    const standIn = await StandIn.start(options);
    standIns.push(standIn);
    return standIn;
  };
  const watch = async ({ database, ini }: StandIn, more: Partial<HistoryOptions> = {}): Promise<Watching> => {
    const one = new Watching({ database, ini, directory, ...more });
    watchings.push(one);
    return one.start();
  };
  const rows = ({ database }: StandIn): Row[] => {
    const open = openDatabase(database);
    try {
      return open.prepare('SELECT * FROM call_log ORDER BY id').all() as Row[];
    } finally {
      open.close();
    }
  };

  it('has the row of each kind of call', async () => {
    const standIn = await start({ iniLines: ['dialingPrefix=00'] });
    const wrong: unknown[] = [];
    for (const [name, { steps, row }] of Object.entries(HISTORY_ROWS)) {
      const before = rows(standIn).length;
      await play(standIn, steps);
      const added = rows(standIn)
        .slice(before)
        .map(({ type, number, name, info }) => [type, number, name, info]);
      if (JSON.stringify(added) !== JSON.stringify(row ? [row] : [])) wrong.push({ name, added });
      assert.deepEqual(await standIn.request('calls'), [], `${name}: a call is left`);
    }
    assert.deepEqual(wrong, []);
  });

  it('is told while calls go on, by notification of Windows alone', async () => {
    const standIn = await start();
    const seen = await watch(standIn, { poll: 60_000, gather: 30 });
    const delays: number[] = [];
    const callId = (): string => String(seen.events.at(-1)?.call?.sipCallId);
    const next = async (count: number, ...step: Step): Promise<void> => {
      await play(standIn, [step]);
      const begun = Date.now();
      await until(() => seen.events.length >= count);
      delays.push(Date.now() - begun);
    };
    await next(1, 'incoming', '1005', 'Bob');
    assert.equal(callId(), rows(standIn).at(-1)?.callId);
    assert.deepEqual(seen.observations.at(-1)?.type === 'call' && seen.observations.at(-1), {
      type: 'call',
      time: (rows(standIn).at(-1)?.time ?? 0) * 1000,
      source: 'history',
      key: callId(),
      direction: 'inbound',
      state: 'ringing',
      facts: { sipCallId: callId(), number: '1005', name: 'Bob' },
    });
    await play(standIn, [['user-answer']]);
    await sleep(700);
    await next(3, 'user-hangup');
    await next(4, 'user-dial', '1002');
    await next(5, 'user-hangup');
    await next(6, 'incoming', '1006');
    await next(7, 'remote-hangup');
    assert.deepEqual(seen.eventNames, ['incoming', 'answered', 'ended', 'outgoing', 'ended', 'incoming', 'ended']);
    assert.deepEqual(
      seen.events.filter(({ event }) => event === 'ended').map(({ call }) => call?.disposition),
      ['answered', 'cancelled', 'missed'],
    );
    assert.deepEqual([seen.finished, seen.problems], [[], []]);
    console.log(`      row to observation: longest ${Math.max(...delays)} ms`);
  });

  it('is told once of what happened meanwhile', async () => {
    const standIn = await start();
    const first = await watch(standIn);
    await play(standIn, MISSED);
    await until(() => over(first).length === 1);
    await first.observer.stop();
    await play(standIn, [...MISSED, ...IN, ['user-decline'], ...OUT, ['remote-busy'], ...IN]);
    const second = await watch(standIn);
    await until(() => second.finished.length === 3 && second.events.length === 1);
    assert.deepEqual(
      second.finished.map(({ replayed, call }) => [replayed, call.disposition, call.number]),
      [
        [true, 'missed', '1005'],
        [true, 'rejected', '1005'],
        [true, 'busy', '1002'],
      ],
    );
    await second.observer.stop();
    // The call that went on ends while nobody watches.
    await play(standIn, [['remote-hangup']]);
    const third = await watch(standIn);
    await until(() => third.finished.length === 1);
    assert.equal(third.finishedKeys[0], rows(standIn).at(-1)?.callId);
    await third.observer.stop();
    await standIn.exit();
    await standIn.run();
    const fourth = await watch(standIn);
    await fourth.observer.refresh();
    assert.deepEqual([fourth.finished, fourth.observations], [[], []]);
  });

  it('is written at full speed while it is observed', async () => {
    const standIn = await start();
    const alone = Date.now();
    await standIn.act('history-burst', 60);
    const costAlone = Date.now() - alone;
    const seen = await watch(standIn, { poll: 100, gather: 5 });
    await standIn.act('history-burst', 1);
    const begun = Date.now();
    await standIn.act('history-burst', 60);
    const cost = Date.now() - begun;
    const [statements, waited, longest] = (await standIn.request('history-waits')).map(Number);
    await until(() => over(seen).length === 61);
    console.log(
      `      60 calls: ${costAlone} ms alone, ${cost} ms observed; ${waited} of ${statements} statements waited, at most ${longest} ms`,
    );
    assert.equal((await standIn.request('modal'))[0], '0');
    // MicroSIP ends after 5000.
    assert.ok((longest ?? NaN) < 2500, `a write had to wait for ${longest} ms`);
    assert.deepEqual(seen.problems, []);
  });

  it('locked for ever by somebody else: is a problem, others go on, and it is read again afterwards', async () => {
    const [locked, other] = [await start(), await start()];
    const [seen, otherSeen] = [await watch(locked), await watch(other)];
    await play(locked, MISSED);
    await until(() => over(seen).length === 1);
    const third = openDatabase(locked.database);
    third.exec('BEGIN EXCLUSIVE');
    try {
      await locked.request('incoming', '1006');
      // One that finds nothing new has no need to read.
      const late = await watch(locked, { phone: 'late' });
      await play(other, MISSED);
      await until(() => over(otherSeen).length === 1);
      await eventually(async () => ((await locked.request('modal'))[0] === '1' ? true : undefined), 10_000);
      await until(() => late.problems.length === 1);
      assert.equal(late.problems[0]?.messageKey, 'error.unsupported.history_locked');
      // It ends when its box is closed, mostly before it has replied.
      await locked.request('modal-close').catch(() => undefined);
      await eventually(() => locked.exitCode);
      assert.equal(locked.exitCode, 1);
    } finally {
      third.exec('ROLLBACK');
      third.close();
    }
    await locked.run();
    await play(locked, MISSED);
    // The call before was never written.
    await until(() => over(seen).length === 2);
    assert.deepEqual(otherSeen.problems, []);
  });

  it('may hold anything', async () => {
    const standIn = await start();
    const seen = await watch(standIn);
    let count = 0;
    const check = async (row: Row | undefined): Promise<void> => {
      await until(() => over(seen).length === count);
      const call = over(seen).find(({ sipCallId }) => sipCallId === row?.callId);
      assert.ok(row && call);
      const at = row.number.lastIndexOf('@');
      assert.equal(call.number, shownText(userPart(at > 0 ? row.number.slice(0, at) : row.number).number));
      // A name that only repeats the number is none.
      if (call.name !== undefined) assert.equal(call.name, shownText(row.name));
      else assert.equal(bare(row.number), bare(row.name));
      assert.doesNotMatch(JSON.stringify(call), /\\u00[01]|[\u007f\u202e\u200f]/);
    };
    for (const text of [...HOSTILE_TEXTS, 'x'.repeat(1000)]) {
      // A From that is too long does not get as far as that, an asserted identity does.
      await play(standIn, [
        ['incoming', '1005', '', '', '', '', '', `"${text.replaceAll('"', '')}" <sip:1005@x>`],
        ['remote-hangup'],
      ]);
      count += 1;
      await check(rows(standIn).at(-1));
      await play(standIn, [['incoming', text.replaceAll('@', '').slice(0, 200), text.slice(0, 30)], ['remote-hangup']]);
      count += 1;
      await check(rows(standIn).at(-1));
    }
    assert.equal(rows(standIn).length, count);
    // What MicroSIP cannot write, but somebody else may: halves of surrogates, a NUL, bytes that are no text.
    const writer = openDatabase(standIn.database);
    const [time, before] = [Math.floor(Date.now() / 1000), seen.finished.length];
    for (const bytes of ['eda080', 'edb08061', '610062', 'ff61fe', 'f09f99']) {
      writer.exec(
        `INSERT INTO call_log (callId, number, name, type, time, duration, info)
         VALUES ('${bytes}', '1005', CAST(X'${bytes}' AS TEXT), 2, ${time}, 0, 'Missed Call')`,
      );
    }
    writer.close();
    await until(() => seen.finished.length === before + 5);
    for (const { call } of seen.finished.slice(before)) assert.doesNotMatch(call.name ?? '', /\p{Cs}|\0/u);
    assert.deepEqual(seen.problems, []);
  });

  it('keeps the first words of an end when MicroSIP is closed, and none when it crashes', async () => {
    const standIn = await start();
    await play(standIn, OUT);
    await standIn.exit();
    await standIn.run();
    await play(standIn, IN);
    await standIn.crash();
    assert.deepEqual(
      rows(standIn).map(({ type, info }) => [type, info]),
      [
        [0, 'Call Ended'],
        [1, ''],
      ],
    );
  });

  it('is kept to 1000 rows, at the start only', async () => {
    const standIn = await start();
    await standIn.exit();
    const writer = openDatabase(standIn.database);
    writer.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1005)
      INSERT INTO call_log (callId, number, name, type, time, duration, info)
      SELECT 'old-' || i, '1001', 'Ada', 0, 1700000000 + i, 1, 'Call Ended' FROM n`);
    writer.close();
    await standIn.run();
    await play(standIn, MISSED);
    const kept = rows(standIn);
    assert.deepEqual([kept.length, kept[0]?.callId, kept.at(-1)?.id], [1001, 'old-6', 1006]);
  });

  it('takes in the history of an older version, which is no news', async () => {
    const old = await start({ version: '3.22.3' });
    const seen = await watch(old, { iniQuiet: 0 });
    await play(old, [['user-dial', '1002']]);
    await until(() => seen.events.length === 1);
    await play(old, [['remote-busy']]);
    await until(() => over(seen).length === 1);
    await play(old, MISSED);
    await until(() => over(seen).length === 2);
    assert.deepEqual(
      over(seen).map(({ direction, disposition }) => [direction, disposition]),
      [
        ['outbound', 'busy'],
        ['inbound', 'missed'],
      ],
    );
    await old.act('history-burst', 40);
    await old.exit();
    const lines = readFileSync(old.ini, 'utf16le').split('\r\n');
    const calls = lines.slice(lines.indexOf('[Calls]')).filter((line) => /^\d+=/.test(line) && line.includes(';'));
    assert.equal(calls.length, 42);
    assert.match(calls[1] ?? '', /^1=1005;Bob;2;\d+;0;Canceled$/);
    const standIn = await start({
      iniLines: ['[Calls]', ...calls, '5000=x;y;0;1700000000;0;z', '7=null', '9=a;b;c;0;0;'],
    });
    const imported = rows(standIn);
    const [, number, name, type, time] = /^0=(.*);(.*);(.);(\d+);0;/.exec(calls[0] ?? '') ?? [];
    const first = imported.find((row) => row.number === '1002');
    assert.deepEqual(
      [first?.number, first?.name, first?.type, first?.time, first?.callId],
      [number, name, Number(type), Number(time), createHash('md5').update(`0-${time}`).digest('hex')],
    );
    assert.equal(imported.length, 42);
    assert.doesNotMatch(readFileSync(standIn.ini, 'utf16le'), /\[Calls\]|callsLastKey/);
    const newer = await watch(standIn);
    assert.deepEqual([newer.finished, newer.observations], [[], []]);
  });

  it('of an older version is told once of what happened meanwhile', async () => {
    const standIn = await start({ version: '3.19.27' });
    const first = await watch(standIn);
    await play(standIn, MISSED);
    await until(() => over(first).length === 1);
    await first.observer.stop();
    await play(standIn, [['incoming', '1007', "'; x --y"], ['remote-hangup'], ...OUT, ['remote-busy']]);
    const second = await watch(standIn);
    await until(() => second.finished.some(({ call }) => call.number === '1002'));
    assert.deepEqual(
      second.finished
        .filter(({ call }) => call.number !== '1005')
        .map(({ call, replayed }) => [call.number, call.name, replayed]),
      [
        ['1007', "'; x --y", true],
        ['1002', undefined, true],
      ],
    );
    await second.observer.stop();
    const third = await watch(standIn);
    await third.observer.refresh();
    assert.deepEqual(third.finished, []);
  });
});
