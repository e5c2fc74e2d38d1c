import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { installationOf } from '../../../src/doctor/host/find-microsip';
import { HookObserver } from '../../../src/observers/hooks/hook-observer';
import type { Observation } from '../../../src/phone/ports/observation';
import { eventually } from '../../support/eventually';
import { hostOf } from '../../support/observer-host';
import { skipBecause } from '../../support/skip';
import { MqttPeer } from '../../support/mqtt-peer';
import { agentExe, brokerUrl, runProgram, whyNoAgentExe, whyNoBroker } from '../support/agent-exe';
import { doctor, type DoctorAnswer } from '../support/doctor-program';
import { livesOf } from '../support/hook-lives';
import { IN, IN_UP, play } from '../support/play';
import { spawnSurely } from '../../../src/win32/process/spawn-surely';
import { StandIn, whyNoStandIn, type StandInOptions } from '../support/stand-in';

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

describe('microsip-agent.exe', () => {
  /** `LOCALAPPDATA` of one who has never started it. */
  let local: string;
  const standIns: StandIn[] = [];

  before(function () {
    const why = whyNoAgentExe();
    if (why) skipBecause(this, why);
  });
  beforeEach(() => {
    local = mkdtempSync(join(tmpdir(), 'Ada Lövelace '));
  });
  afterEach(async () => {
    for (const standIn of standIns.splice(0)) await standIn.end();
    rmSync(local, { recursive: true, force: true, maxRetries: 5 });
  });

  function place(options: StandInOptions = {}): StandIn {
    const standIn = StandIn.place({ subfolder: 'Desk Phone', ...options });
    standIns.push(standIn);
    return standIn;
  }
  const exeDoctor = (args: readonly string[], env: Record<string, string> = {}): Promise<DoctorAnswer> =>
    doctor(args, { LOCALAPPDATA: local, ...env }, [agentExe(), 'doctor']);
  /** Where it puts what Windows loads only from a file. */
  const unpacked = (): string => {
    const root = join(local, 'microsip-agent');
    return join(root, readdirSync(root)[0] ?? '', 'koffi.node');
  };

  it('starts in little more time than Node.js, and has the licences of all that is in it', async () => {
    const [exe, node]: [number[], number[]] = [[], []];
    for (let run = 0; run < 5; run += 1) {
      const { exitCode, output, took } = await runProgram(agentExe(), ['--licenses']);
      assert.equal(exitCode, 0);
      exe.push(took);
      node.push((await runProgram(process.execPath, ['-e', '0'])).took);
      for (const part of [
        'node-red-microsip',
        `Node.js ${process.versions.node.split('.')[0] ?? ''}`,
        'koffi 3',
        'OpenSSL',
      ])
        assert.ok(output.includes(part), part);
    }
    console.log(`      starts in ${median(exe).toFixed(0)} ms, bare Node.js in ${median(node).toFixed(0)} ms`);
    assert.ok(median(exe) < 10_000);
  });

  it('does nothing that others have set up for their Node.js', async () => {
    const evil = join(local, 'evil.cjs');
    writeFileSync(evil, "console.log('evil'); process.exit(9)");
    const { exitCode, output } = await runProgram(agentExe(), ['--licenses'], {
      NODE_OPTIONS: `--require "${evil.replaceAll('\\', '/')}"`,
    });
    assert.deepEqual([exitCode, output.includes('evil')], [0, false]);
  });

  it('puts koffi into a folder of the user, and again when another file has taken its place', async () => {
    const { error } = await exeDoctor(['check']);
    assert.equal(error?.code, 'not_found');
    const right = readFileSync(unpacked());
    writeFileSync(unpacked(), Buffer.from(right).fill('x', 1000, 2000));
    assert.equal((await exeDoctor(['check'])).error?.code, 'not_found');
    assert.deepEqual(readFileSync(unpacked()), right);
    assert.deepEqual(readdirSync(dirname(unpacked())), ['koffi.node']);
  });

  it('can be started several times at once by one who has never started it', async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => exeDoctor(['check'])));
    assert.deepEqual(
      answers.map(({ error }) => error?.code),
      answers.map(() => 'not_found'),
    );
    assert.deepEqual(readdirSync(dirname(unpacked())), ['koffi.node']);
  });

  it('says where it could not put it', async () => {
    writeFileSync(join(local, 'microsip-agent'), 'a file');
    const { error } = await exeDoctor(['check']);
    assert.match(error?.message ?? '', /could not write .*koffi\.node/);
  });

  it('has SQLite for call histories, on a thread out of the exe', async () => {
    const history = join(local, 'call_log.db');
    const config = join(local, 'agent.json');
    const log = join(local, 'log.txt');
    writeFileSync(history, 'this is no database. '.repeat(100));
    const phone = { name: 'Desk', connection: 'observe', callLog: history };
    // Nobody is there: what is told of the phone does not need a broker.
    writeFileSync(config, JSON.stringify({ broker: { url: 'mqtt://127.0.0.1:9' }, phones: [{ id: 'desk-1', phone }] }));
    const agent = startAgent(config, log);
    try {
      await eventually(() => readFileSync(log, 'utf8').includes('history_damaged') || undefined);
    } finally {
      agent.kill();
      await new Promise((resolve) => agent.once('exit', resolve));
    }
  });

  /** @param log what it prints */
  function startAgent(config: string, log: string): ChildProcess {
    const file = openSync(log, 'w');
    try {
      return spawnSurely(agentExe(), ['--config', config], {
        env: { ...process.env, LOCALAPPDATA: local, USERPROFILE: local },
        stdio: ['ignore', file, file],
      });
    } finally {
      closeSync(file);
    }
  }

  describe('with a MicroSIP', () => {
    before(function () {
      const why = whyNoStandIn();
      if (why) skipBecause(this, why);
    });

    it('is the hook program that its doctor installs, and takes it out again', async () => {
      const standIn = place();
      const portable = ['--program', standIn.program];
      const installed = await exeDoctor(['install', '--yes', ...portable]);
      const test = installed['test'] as { received: number; cost: number };
      assert.deepEqual([installed.ok, test.received], [true, 5]);
      const { found } = (await exeDoctor(['check', ...portable])) as unknown as { found: Record<string, unknown> };
      assert.deepEqual([found['healthy'], found['script']], [true, { path: agentExe(), state: 'current' }]);
      assert.equal(existsSync(join(dirname(standIn.ini), 'MicroSIP-hook.cjs')), false);
      await standIn.run();
      const seen: Observation[] = [];
      const observer = new HookObserver({ pipe: installationOf(standIn.program, undefined).pipe });
      await observer.start(hostOf((observation) => seen.push(observation), { singleMode: () => true }));
      try {
        await play(standIn, [...IN_UP, ['remote-hangup']]);
        await eventually(() => livesOf(seen) === 'ringing connected ended' || undefined);
      } finally {
        await observer.stop();
      }
      await standIn.exit();
      assert.ok((await exeDoctor(['remove', '--yes', ...portable])).ok);
      assert.doesNotMatch(readFileSync(standIn.ini, 'utf16le'), /^cmd\w+="?[^"\r]/m);
      const withNode = (await doctor(['install', '--yes', ...portable]))['test'] as { cost: number };
      console.log(`      MicroSIP waits ${test.cost} ms for a hook, with Node.js ${withNode.cost} ms`);
    });

    it('is an agent: dials with koffi, and tells a broker of calls', async function () {
      const why = whyNoBroker();
      if (why) skipBecause(this, why);
      const standIn = place();
      await standIn.run();
      const phone = { name: 'Desk', program: standIn.program };
      const config = join(local, 'agent.json');
      writeFileSync(config, JSON.stringify({ broker: { url: brokerUrl() }, phones: [{ id: 'desk-1', phone }] }));
      const peer = await MqttPeer.connect(brokerUrl());
      const log = join(local, 'log.txt');
      const began = performance.now();
      const agent = startAgent(config, log);
      try {
        await peer.subscribe('microsip/desk-1/#');
        await peer.next('microsip/desk-1/availability', ({ text }) => text === 'online');
        console.log(`      online after ${(performance.now() - began).toFixed(0)} ms`);
        const dialled = await peer.ask('desk-1', { type: 'dial', number: '1002' });
        assert.deepEqual([dialled.ok, dialled['verified']], [true, true], JSON.stringify(dialled));
        assert.ok((await standIn.received()).some(({ text }) => text === '1002'));
        assert.equal((await peer.ask('desk-1', { type: 'hangup', scope: 'all' })).ok, true);
        await play(standIn, IN);
        const incoming = await peer.next('microsip/desk-1/event', ({ text }) => text.includes('"incoming"'));
        const { event, number } = JSON.parse(incoming.text) as { event: string; number: string };
        assert.deepEqual([event, number], ['incoming', '1005']);
      } catch (error) {
        console.log(readFileSync(log, 'utf8'));
        throw error;
      } finally {
        agent.kill();
        await new Promise((resolve) => agent.once('exit', resolve));
        // It could not say goodbye: the broker does, with its last will.
        await peer.next('microsip/desk-1/availability', ({ text }) => text === 'offline').finally(() => peer.end());
      }
    });

    it('lets batch files that were there go on', async () => {
      const standIn = place({ settings: { singleMode: 1 } });
      const batch = join(standIn.folder, 'foreign.bat');
      const told = join(standIn.folder, 'batch.txt');
      writeFileSync(batch, `@echo %*>> "${told}"\r\n`);
      const ini = readFileSync(standIn.ini).subarray(2).toString('utf16le');
      const hooked = ini.replace('accountId=1', `accountId=1\r\ncmdCallEnd="${batch} x"`);
      writeFileSync(standIn.ini, Buffer.from(`\ufeff${hooked}`, 'utf16le'));
      assert.ok((await exeDoctor(['install', '--yes', '--events', 'CallEnd', '--program', standIn.program])).ok);
      await standIn.run();
      await standIn.act('incoming', '1005', '', '', '', '', '', '<sip:10&calc.exe|05@pbx.example.test>');
      await standIn.act('remote-hangup');
      const line = await eventually(() => (existsSync(told) && readFileSync(told, 'utf8').trim()) || undefined);
      assert.equal(line, 'x 10_calc.exe_05');
    });
  });
});
