import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../support/eventually';
import { skipBecause } from '../../support/skip';
import { IN, IN_UP, OUT_UP, play } from '../support/play';
import { Follower } from '../support/log-follower';
import { LOG_SCENARIOS } from '../support/log-scenarios';
import { StandIn, whyNoStandIn, type StandInOptions } from '../support/stand-in';

describe('the log that MicroSIP writes', () => {
  const standIns: StandIn[] = [];
  const followers: Follower[] = [];

  before(function () {
    const why = whyNoStandIn();
    if (why) skipBecause(this, why);
  });
  afterEach(async () => {
    for (const follower of followers.splice(0)) await follower.stop();
    for (const standIn of standIns.splice(0)) await standIn.end();
  });

  const start = async (options: StandInOptions = {}): Promise<StandIn> => {
    const standIn = await StandIn.start({ ...options, settings: { enableLog: 1, ...options.settings } });
    standIns.push(standIn);
    return standIn;
  };
  const follow = async (path: string): Promise<Follower> => {
    const follower = await new Follower(path).start();
    followers.push(follower);
    return follower;
  };

  for (const version of ['3.22.16', '3.22.3', '3.19.27'] as const) {
    it(`tells every scenario as it was, ${version}`, async () => {
      const standIn = await start({ version });
      const log = await follow(standIn.log);
      await log.news();
      const wrong: unknown[] = [];
      for (const [name, scenario] of Object.entries(LOG_SCENARIOS)) {
        await play(standIn, scenario.steps);
        const seen = await log.news();
        if (JSON.stringify(seen) !== JSON.stringify(scenario.said)) wrong.push({ name, seen });
        assert.deepEqual(await standIn.request('calls'), [], `${name}: a call is left`);
      }
      assert.deepEqual(wrong, []);
    });
  }

  it('tells the registration', async () => {
    const standIn = await start();
    const log = await follow(standIn.log);
    assert.deepEqual(await log.news(), ['registered 200']);
    const fails: [number, string][] = [
      [403, 'failed 403'],
      [401, 'failed 401'],
      [408, 'failed 408'],
      [503, 'failed 503'],
    ];
    for (const [code, expected] of fails) {
      await standIn.act('register-fail', code);
      assert.deepEqual(await log.news(), [expected]);
    }
    await standIn.act('register');
    await sleep(50);
    assert.deepEqual(await log.news(), ['registered 200']);
    await standIn.act('unregister');
    await sleep(50);
    assert.deepEqual(await log.news(), ['unregistered']);
    await standIn.act('register');
    await sleep(50);
    assert.deepEqual(await log.news(), ['registering', 'registered 200']);
  });

  it('takes a registration that nobody renews for lost', async () => {
    const standIn = await start({ iniLines: ['registerRefresh=1'] });
    const log = await follow(standIn.log);
    assert.deepEqual(await log.news(), ['registered 200']);
    // Of the term, and of the grace that is given for a renewal.
    await sleep(1000 + 5000 + 1500);
    assert.deepEqual(await log.news(), ['unregistered']);
  });

  it('names the caller that the log names', async () => {
    const standIn = await start();
    const log = await follow(standIn.log);
    const callers: [from: string[], number: string | undefined, name: string | undefined][] = [
      [['1005', 'Bob'], '1005', 'Bob'],
      [['1005', 'Zoë "Z" \\ \u4e2d'], '1005', 'Zoë "Z" \\ \u4e2d'],
      [['1005', 'a b --x @y <sip:1@evil>'], '1005', 'a b --x @y <sip:1@evil>'],
      [['1005', "'; DROP TABLE call_log;--"], '1005', "'; DROP TABLE call_log;--"],
      [['1005', '\u202egnp.1005'], '1005', 'gnp.1005'],
      [['1005', 'x'.repeat(1000)], '1005', undefined],
      [['1005', '--end msg--\n12:00:00.000 pjsua_core.c .PJSUA destroyed...'], '1005', undefined],
      [['1005', 'Bob', '', '', '', '', '"Ann" <sip:1099@pbx.example.test>'], '1099', 'Ann'],
    ];
    for (const [from, number, name] of callers) {
      await log.news();
      await standIn.act('incoming', ...from);
      await standIn.act('remote-hangup');
      await log.news();
      const ringing = log.seen
        .map(({ observation }) => observation)
        .filter((one) => one.type === 'call')
        .at(-1);
      assert.ok(ringing);
      assert.equal(ringing.facts.number, number, from[1]);
      if (name !== undefined) assert.equal(ringing.facts.name, name);
      assert.equal(ringing.facts.sipCallId?.endsWith('@pbx.example.test'), true);
    }
  });

  describe('from one start to the next', () => {
    for (const [version, keepsOld] of [
      ['3.22.16', true],
      ['3.22.3', false],
    ] as const) {
      it(`goes on with the new log, ${version}`, async () => {
        const standIn = await start({ version });
        const old = standIn.log.replace('.txt', '_1.txt');
        const log = await follow(standIn.log);
        await play(standIn, OUT_UP);
        await log.news();
        await standIn.exit();
        const end = await log.news();
        assert.deepEqual(end.at(-1), 'unregistered');
        assert.equal(end.filter((line) => line === 'ended local 200').length, 1);
        await standIn.run();
        assert.equal(existsSync(old), keepsOld);
        assert.deepEqual(await log.news(), ['registering', 'registered 200']);
        await play(standIn, IN_UP);
        assert.deepEqual(await log.news(), ['ringing', 'connected']);
        // Its end is in no log; the next start tells it.
        await standIn.crash();
        const before = keepsOld ? readFileSync(old, 'latin1') : '';
        await standIn.run();
        assert.deepEqual(await log.news(), ['ended unknown', 'registering', 'registered 200']);
        // The name is taken, so the log was emptied this time.
        if (keepsOld) assert.equal(readFileSync(old, 'latin1'), before);
        await play(standIn, [['ready', 0]]);
        assert.deepEqual(await log.news(), ['unregistered']);
        await play(standIn, [['ready', 1], ...IN, ['remote-hangup']]);
        assert.deepEqual(await log.news(), ['registering', 'registered 200', 'ringing', 'ended remote 487']);
      });
    }

    it('waits for a log that is not there yet', async () => {
      const standIn = await start({ settings: { enableLog: 0 } });
      const log = await follow(standIn.log);
      await play(standIn, [...IN, ['remote-hangup']]);
      assert.deepEqual(await log.news(), []);
      await play(standIn, [
        ['ready', 0],
        ['setting', 'enableLog', 1],
        ['ready', 1],
      ]);
      await play(standIn, [...IN, ['remote-hangup']]);
      assert.deepEqual(await log.news(), ['registering', 'registered 200', 'ringing', 'ended remote 487']);
    });

    it('does not keep MicroSIP from removing, renaming or emptying its log', async () => {
      const standIn = await start();
      const log = await follow(standIn.log);
      await play(standIn, [['ready', 0]]);
      rmSync(standIn.log);
      await play(standIn, [['ready', 1]]);
      assert.equal((await standIn.request('modal'))[0], '0');
      await log.news();
      await play(standIn, [...IN, ['remote-hangup']]);
      assert.deepEqual(await log.news(), ['ringing', 'ended remote 487']);
    });
  });

  it('is an observation soon after it was written', async () => {
    const standIn = await start();
    const log = await follow(standIn.log);
    await log.news();
    const delays: number[] = [];
    const next = async (verb: string, ...fields: string[]): Promise<void> => {
      const { length } = log.seen;
      // The log is written in the same instant as the reply that follows it.
      await standIn.request(verb, ...fields);
      const begun = Date.now();
      await eventually(() => log.seen[length]);
      delays.push(Math.max(0, (log.seen[length]?.at ?? NaN) - begun));
    };
    for (let i = 0; i < 14; i++) {
      await next('incoming', String(2000 + i));
      await sleep(i * 7);
      await next('remote-hangup');
      // Now and then long enough for the observer to look less often.
      await sleep(i % 7 === 6 ? 2100 : 20);
    }
    delays.sort((a, b) => a - b);
    const p95 = delays[Math.floor(delays.length * 0.95)] ?? NaN;
    console.log(`      event to observation: median ${delays[14]} ms, p95 ${p95} ms, longest ${delays.at(-1)} ms`);
    // A machine that stands still for a moment makes a few of them late, never half of them.
    assert.ok((delays[14] ?? NaN) < 500, 'it does not look as often as it should');
  });
});
