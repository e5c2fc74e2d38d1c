import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { installationOf } from '../../../src/doctor/host/find-microsip';
import { HookCorrelator } from '../../../src/observers/hooks/hook-correlator';
import type { Hook } from '../../../src/microsip/hook-names';
import { HookObserver } from '../../../src/observers/hooks/hook-observer';
import type { Observation } from '../../../src/phone/ports/observation';
import { hostOf } from '../../support/observer-host';
import { processesNamed } from '../../../src/win32/process/processes';
import { skipBecause } from '../../support/skip';
import { doctor } from '../support/doctor-program';
import { livesOf } from '../support/hook-lives';
import { HOOK_SEQUENCES, type HookSequence } from '../support/hook-sequences';
import { HOSTILE_PARAMETERS } from '../support/hostile-parameters';
import { StandIn, whyNoStandIn, type StandInVersion } from '../support/stand-in';
import { spawnSurely } from '../../../src/win32/process/spawn-surely';

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

describe('program hooks on Windows', () => {
  const standIns = new Map<string, StandIn>();
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is called with its object
  const { take } = HookCorrelator.prototype;
  let hooks: Hook[] = [];
  let seen: Observation[] = [];
  let observer: HookObserver | undefined;

  before(function () {
    const why = whyNoStandIn();
    if (why) skipBecause(this, why);
    // The observer tells only what it makes of the hooks.
    HookCorrelator.prototype.take = function (hook, singleMode) {
      hooks.push(hook);
      return take.call(this, hook, singleMode);
    };
  });
  after(async () => {
    HookCorrelator.prototype.take = take;
    for (const standIn of standIns.values()) await standIn.end();
  });
  afterEach(() => observer?.stop());

  /** A running MicroSIP with these hooks installed. */
  async function microsip(events: string, version: StandInVersion = '3.22.16'): Promise<StandIn> {
    const key = `${version} ${events}`;
    const found = standIns.get(key);
    if (found) return found;
    const standIn = StandIn.place({ version, subfolder: 'Desk Phone' });
    standIns.set(key, standIn);
    await doctor(['install', '--yes', '--events', events, '--program', standIn.program]);
    await standIn.run();
    return standIn;
  }

  async function listenTo(standIn: StandIn): Promise<void> {
    [hooks, seen] = [[], []];
    observer = new HookObserver({ pipe: installationOf(standIn.program, undefined).pipe });
    await observer.start(
      hostOf((observation) => seen.push(observation), {
        problem: (problem) => assert.fail(problem),
        singleMode: () => true,
      }),
    );
  }

  describe('MicroSIP runs them in this order, and they arrive', () => {
    for (const sequence of HOOK_SEQUENCES) {
      it(`${sequence.what}: ${sequence.hooks || 'none'}`, async () => {
        const standIn = await microsip('all', sequence.version);
        await listenTo(standIn);
        await play(standIn, sequence);
        await observer?.refresh();
        const names = hooks.map(({ name }) => name.replace(/^cmd(Call)?/, '').replace(/^(.+)Call$/, '$1'));
        assert.equal(names.join(' '), sequence.hooks);
        assert.equal(livesOf(seen), sequence.seen);
        for (const { parameter } of hooks) assert.match(parameter, /^100\d$/);
      });
    }
  });

  async function play(standIn: StandIn, { steps, settings = {}, restart }: HookSequence): Promise<void> {
    const usual: [string, string][] = [];
    for (const [key, value] of Object.entries(settings)) {
      usual.push([key, (await standIn.request('setting', key))[0] ?? '']);
      await standIn.act('setting', key, value);
    }
    for (const step of steps) await step(standIn);
    for (const [key, value] of usual) await standIn.act('setting', key, value);
    if (restart) {
      await standIn.crash();
      await standIn.run();
    }
  }

  it('whatever the caller chose is handed over as data, and nothing else happens', async () => {
    const standIn = await microsip('CallRing');
    await listenTo(standIn);
    const around = (): string[] => [
      ...readdirSync(dirname(standIn.program)),
      ...readdirSync(standIn.folder),
      ...readdirSync(tmpdir()),
      ...readdirSync('.'),
      ...['calc.exe', 'cmd.exe', 'node.exe', 'more.com'].map((name) => `${name} ${processesNamed(name).length}`),
    ];
    const before = around();
    for (const [what, [appended, arrives = appended]] of Object.entries(HOSTILE_PARAMETERS)) {
      hooks = [];
      await standIn.request('clear-record');
      await standIn.act('incoming', '1005', '', '', '', '', '', `<sip:${appended}@pbx.example.test>`);
      await observer?.refresh();
      const [ring] = (await standIn.requestRaw('record', 'action')).map((entry) => entry.split('|'));
      assert.equal(decodeURIComponent(ring?.[4] ?? ''), appended, `${what}: what MicroSIP appended`);
      assert.deepEqual(
        hooks.map(({ parameter }) => parameter),
        [arrives],
        what,
      );
      await standIn.act('remote-hangup');
    }
    assert.deepEqual(around(), before);
  });

  describe('MicroSIP does not wait for Node-RED', () => {
    /** ms that MicroSIP's window stands still for one hook that is run for the ringing. */
    async function ring(standIn: StandIn): Promise<number> {
      const before = performance.now();
      await standIn.act('incoming', '1005');
      const cost = performance.now() - before;
      await standIn.act('remote-hangup');
      return cost;
    }
    async function costs(standIn: StandIn, times: number): Promise<number[]> {
      const result: number[] = [];
      for (let i = 0; i < times; i++) result.push(await ring(standIn));
      return result;
    }

    it('when it listens, when it is stopped, and when it hangs', async () => {
      const standIn = await microsip('CallRing');
      const bare: number[] = [];
      for (let i = 0; i < 5; i++) bare.push(await bareNode());
      await listenTo(standIn);
      const heard = await costs(standIn, 5);
      await observer?.stop();
      const alone = await costs(standIn, 5);
      const hung = await whileHung(installationOf(standIn.program, undefined).pipe, () => costs(standIn, 8));
      const value = (await standIn.request('setting', 'cmdCallRing'))[0] ?? '';
      await standIn.act('setting', 'cmdCallRing', '');
      const without = median(await costs(standIn, 5));
      await standIn.act('setting', 'cmdCallRing', value);
      const ms = (values: number[]): string => `${(median(values) - without).toFixed(0)} ms`;
      console.log(
        `      hook cost ${ms(heard)}; nobody listens ${ms(alone)}; Node-RED hangs ${ms(hung)}, ` +
          `longest ${(Math.max(...hung) - without).toFixed(0)} ms; bare Node.js start ${median(bare).toFixed(0)} ms`,
      );
      for (const values of [heard, alone, hung]) {
        assert.ok(median(values) - without < median(bare) + 1000, 'MicroSIP was held up');
        assert.ok(Math.max(...values) < 5000, 'MicroSIP was held up for once');
      }
    });
  });
});

/** Each call by its states, in the order in which the calls began. */
async function bareNode(): Promise<number> {
  const before = performance.now();
  const child = spawnSurely(process.execPath, ['-e', '0'], { stdio: 'ignore' });
  await new Promise((resolve) => child.once('exit', resolve));
  return performance.now() - before;
}

/** Does something while a thread has the pipe open and does nothing any more. */
async function whileHung<T>(pipe: string, action: () => Promise<T>): Promise<T> {
  const script = `
    const { workerData, parentPort } = require('node:worker_threads');
    require('node:net').createServer().listen(workerData.pipe, () => {
      parentPort.postMessage('listening');
      setTimeout(() => Atomics.wait(workerData.end, 0, 0), 50);
    });`;
  const end = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(script, { eval: true, workerData: { pipe, end } });
  await new Promise((resolve) => worker.once('message', resolve));
  await new Promise((resolve) => setTimeout(resolve, 200));
  try {
    return await action();
  } finally {
    Atomics.store(end, 0, 1);
    Atomics.notify(end, 0);
    await worker.terminate();
  }
}
