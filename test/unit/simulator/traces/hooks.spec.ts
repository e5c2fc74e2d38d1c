import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mock } from 'node:test';
import type { HookName } from '../../../../src/microsip/hook-names';
import { SimulatedMicrosip } from '../../../../src/simulator/simulated-microsip';
import { hookCommands } from '../../../../src/simulator/traces/hook-commands';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('MicroSIP waits for its hooks', () => {
  let microsip: SimulatedMicrosip;
  let running: { name: HookName; finish: () => void; fail: () => void }[];
  beforeEach(() => {
    running = [];
    microsip = new SimulatedMicrosip({
      traces: {
        hooks: (name) =>
          new Promise((finish, fail) => {
            running.push({
              name,
              finish,
              fail: () => {
                fail(new Error('broken'));
              },
            });
          }),
      },
    });
  });
  afterEach(() => {
    microsip.dispose();
  });
  const names = (): string[] => running.map(({ name }) => name);
  const finish = async (): Promise<void> => {
    running.at(-1)?.finish();
    await turn();
  };

  it('the checks come after the first program, the ringing after the checks, commands after all', async () => {
    microsip.far.incoming({ number: '1005' });
    assert.deepEqual([names(), microsip.calls.all.length], [['cmdIncomingCall'], 0]);
    await finish();
    assert.deepEqual([names(), microsip.calls.ringing.length], [['cmdIncomingCall', 'cmdCallRing'], 1]);
    const answer = microsip.copyData(1, '/answer');
    assert.equal(microsip.calls.ringing.length, 1);
    await finish();
    assert.equal(await answer, 0);
    assert.equal(microsip.calls.unringing.length, 1);
    assert.deepEqual(names().slice(2), ['cmdCallAnswer']);
    await finish();
    assert.deepEqual(names().slice(2), ['cmdCallAnswer', 'cmdCallStart']);
  });

  it('the call that gives way ends, and its program too, before the other is answered', async () => {
    microsip.far.incoming({ number: '1005' });
    for (let hook = 0; hook < 2; hook += 1) await finish();
    microsip.user.answer();
    await turn();
    for (let hook = 0; hook < 2; hook += 1) await finish();
    microsip.far.incoming({ number: '1006' });
    for (let hook = 0; hook < 2; hook += 1) await finish();
    microsip.user.answer();
    await turn();
    assert.equal(names().at(-1), 'cmdCallEnd');
    assert.deepEqual(
      microsip.calls.all.map(({ number, stage }) => `${number} ${stage}`),
      ['1006 early'],
    );
    await finish();
    assert.equal(names().at(-1), 'cmdCallAnswer');
    assert.deepEqual(
      microsip.calls.all.map(({ number, stage }) => `${number} ${stage}`),
      ['1006 confirmed'],
    );
  });

  it('calls that are hung up together end one after the other', async () => {
    microsip.setSingleMode(false);
    for (const number of ['1002', '1003']) {
      microsip.user.dial(number);
      await finish();
    }
    void microsip.copyData(1, '/hangupall');
    assert.equal(microsip.calls.all.length, 1);
    await finish();
    assert.equal(microsip.calls.all.length, 0);
    assert.deepEqual(names().slice(2), ['cmdCallEnd', 'cmdCallEnd']);
  });

  it('what the far end does waits as well', async () => {
    microsip.user.dial('1002');
    microsip.far.answer();
    microsip.far.hangup();
    assert.equal(microsip.calls.all[0]?.stage, 'calling');
    for (let hook = 0; hook < 3; hook += 1) await finish();
    assert.deepEqual(names(), ['cmdOutgoingCall', 'cmdCallStart', 'cmdCallEnd']);
  });

  it('a program that fails holds up nothing', async () => {
    microsip.user.dial('1002');
    running.at(-1)?.fail();
    await turn();
    assert.ok(!microsip.isHung);
  });

  it('a hang outlasts a program, and a program a hang', async () => {
    microsip.user.dial('1002');
    microsip.hang(30);
    await finish();
    assert.ok(microsip.isHung);
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.ok(!microsip.isHung);
    microsip.user.hangup();
    microsip.hang(10);
    await new Promise((resolve) => setTimeout(resolve, 30));
    assert.ok(microsip.isHung);
    await finish();
    assert.ok(!microsip.isHung);
  });

  it('waits 10 s and no longer', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      microsip.user.dial('1002');
      mock.timers.tick(9_999);
      assert.ok(microsip.isHung);
      mock.timers.tick(1);
      assert.ok(!microsip.isHung);
    } finally {
      mock.timers.reset();
    }
    microsip.user.hangup();
    running[0]?.finish();
    await turn();
    assert.ok(microsip.isHung, 'a program that is late ends no other wait');
  });

  it('killed while a program runs: nothing is left of what waited', async () => {
    microsip.far.incoming({ number: '1005' });
    microsip.crash();
    await finish();
    assert.deepEqual([names(), microsip.calls.all.length, microsip.isHung], [['cmdIncomingCall'], 0, false]);
  });

  it('exits only when the programs of its last calls have ended', async () => {
    microsip.user.dial('1002');
    await finish();
    microsip.setReady(false);
    assert.ok(microsip.isReady);
    await finish();
    assert.ok(!microsip.isReady);
  });

  it('saves its settings only when the programs of its last calls have ended, and is ready again', async () => {
    microsip.user.dial('1002');
    await finish();
    microsip.chooseSingleMode(false);
    assert.ok(microsip.isHung && microsip.singleMode);
    await finish();
    assert.deepEqual([names(), microsip.calls.all.length], [['cmdOutgoingCall', 'cmdCallEnd'], 0]);
    assert.ok(microsip.isReady && !microsip.singleMode);
  });

  it('a runner that throws is passed over', () => {
    const careless = new SimulatedMicrosip({
      traces: {
        hooks: () => {
          throw new Error('broken');
        },
      },
    });
    careless.user.dial('1002');
    assert.equal(careless.calls.all.length, 1);
    careless.dispose();
  });
});

describe('hook programs of the simulated MicroSIP', () => {
  // Quotes around a path fall off, so it must not have a blank.
  const folder = mkdtempSync(join(tmpdir(), 'hooks-'));
  const program = join(folder, 'hook.js');
  const output = join(folder, 'arguments.json');
  before(() => {
    const write = `require('node:fs').writeFileSync(__dirname + '/arguments.json', JSON.stringify(process.argv.slice(2)))`;
    writeFileSync(program, write);
  });
  after(() => {
    rmSync(folder, { recursive: true, maxRetries: 5 });
  });

  it('get their arguments without quotes, and the parameter raw behind them', async () => {
    const run = hookCommands({ cmdCallRing: `"${process.execPath}" "${program}" "two words" ring` });
    await run('cmdCallRing', '1005 --more "in quotes"');
    const received: unknown = JSON.parse(readFileSync(output, 'utf8'));
    assert.deepEqual(received, ['two', 'words', 'ring', '1005', '--more', 'in quotes']);
  });

  it('run for a simulated call, one after the other', async () => {
    const microsip = new SimulatedMicrosip({
      traces: { hooks: hookCommands({ cmdOutgoingCall: `"${process.execPath}" "${program}" outgoing` }) },
    });
    microsip.user.dial('1002');
    assert.equal(await microsip.copyData(1, '/hangupall'), 0);
    assert.deepEqual(JSON.parse(readFileSync(output, 'utf8')), ['outgoing', '1002']);
    microsip.dispose();
  });

  it('that are missing, empty or no programs run nothing', async () => {
    const run = hookCommands({ cmdCallRing: join(folder, 'nothing-here'), cmdCallEnd: '  ' });
    await run('cmdCallRing', '1005');
    assert.equal(run('cmdCallEnd', '1005'), undefined);
    assert.equal(run('cmdCallStart', '1005'), undefined);
  });
});
