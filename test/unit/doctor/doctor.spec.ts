import assert from 'node:assert/strict';
import { mock } from 'node:test';
import fs, {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { DEFAULT_EVENTS, type Wish } from '../../../src/doctor/change';
import { Doctor } from '../../../src/doctor/doctor';
import { DoctorError, type DoctorErrorCode } from '../../../src/doctor/program/doctor-error';
import { doctorText } from '../../../src/doctor/program/doctor-text';
import type { Installation } from '../../../src/doctor/host/find-microsip';
import { examinationLines } from '../../../src/doctor/report';
import { HOOK_NAMES } from '../../../src/microsip/hook-names';
import { HookObserver } from '../../../src/observers/hooks/hook-observer';
import { hookPipe } from '../../../src/microsip/hook-pipe';
import type { Observation } from '../../../src/phone/ports/observation';
import { hostOf } from '../../support/observer-host';
import { FakeMicrosip, INI } from './fake-microsip';

const INSTALL: Wish = { type: 'install', events: DEFAULT_EVENTS };
const REMOVE: Wish = { type: 'remove' };
const fails = (code: DoctorErrorCode) => (error: unknown) => error instanceof DoctorError && error.code === code;

describe('doctor', () => {
  let microsip: FakeMicrosip;
  let doctor: Doctor;
  let found: Installation;

  beforeEach(async () => {
    microsip = new FakeMicrosip();
    const now = (): Date => new Date('2026-11-22T20:15:01.500Z');
    doctor = new Doctor({ host: microsip, env: microsip.env, hookProgram: microsip.hookProgram, now });
    found = await doctor.find({});
  });
  afterEach(() => {
    microsip.cleanUp();
  });

  const files = (): string[] => readdirSync(microsip.data).sort();
  const value = (key: string): string | undefined =>
    new RegExp(`^${key}=(.*)$`, 'm').exec(microsip.read().replaceAll('\r', ''))?.[1];

  describe('installs', () => {
    it('the hooks, changing nothing else, and keeps a copy', async () => {
      const outcome = await doctor.apply(found, INSTALL);
      assert.equal(outcome.backup, `${microsip.ini}.20261122-201501.bak`);
      assert.equal(readFileSync(outcome.backup).subarray(2).toString('utf16le'), INI);
      const without = microsip.read().replace(/^cmd.*\r\n/gm, '');
      assert.equal(without, INI.replace('cmdCallEnd=""\r\n', ''));
      for (const key of HOOK_NAMES) {
        const expected = `""${process.execPath}" "\\"${found.hookScript}\\"" ${key} ${found.pipe} \\"--"`;
        assert.equal(value(key), DEFAULT_EVENTS.includes(key) ? expected : undefined);
      }
      assert.deepEqual(readFileSync(found.hookScript), readFileSync(microsip.hookProgram));
    });

    it('and then all is healthy, and installing again changes nothing', async () => {
      assert.equal((await doctor.examine(found)).healthy, false);
      await doctor.apply(found, INSTALL);
      assert.equal((await doctor.examine(found)).healthy, true);
      const before = files();
      const again = await doctor.apply(found, INSTALL);
      assert.deepEqual([again.change.lines, again.backup, files()], [[], undefined, before]);
    });

    it('and says which accounts have a dial plan, since numbers are judged before it', async () => {
      assert.deepEqual((await doctor.examine(found)).dialPlans, []);
      microsip.write(INI.replace('[Account1]', '[Account1]\r\ndialPlan=""\r\n[Account2]\r\ndialPlan="(x.)"'));
      const seen = await doctor.examine(found);
      assert.deepEqual(seen.dialPlans, [2]);
      assert.match(examinationLines(seen, doctorText).join('\n'), /Account 2 has a dial plan/);
    });

    it('and warns of prefixes and of single-call mode', async () => {
      assert.equal((await doctor.examine(found)).prefixes, undefined);
      microsip.write(INI.replace('[Account1]', '[Account1]\r\ndialingPrefix="0"'));
      const seen = await doctor.examine(found);
      assert.deepEqual([seen.prefixes, seen.singleMode], [[1], true]);
      const lines = examinationLines(seen, doctorText).join('\n');
      assert.match(lines, /Account 1 has a dialing prefix/);
      assert.match(lines, /single-call mode/);
      microsip.write(INI.replace('singleMode="1"', 'singleMode="0"'));
      assert.doesNotMatch(examinationLines(await doctor.examine(found), doctorText).join('\n'), /single-call/);
    });

    it('and of a log that is too large', async () => {
      mkdirSync(dirname(found.log), { recursive: true });
      writeFileSync(found.log, '');
      truncateSync(found.log, 1.5 * 1024 ** 3);
      const seen = await doctor.examine(found);
      assert.equal(seen.log.size, 1.5 * 1024 ** 3);
      assert.match(examinationLines(seen, doctorText).join('\n'), /The log is 1\.5 GB/);
    });

    it('and what its windows show to be the matter', async () => {
      await doctor.apply(found, INSTALL);
      microsip.troubled = [{ code: 'blocked', title: 'Update\u0007' }];
      const seen = await doctor.examine(found);
      assert.deepEqual(seen.troubles, microsip.troubled);
      const lines = examinationLines(seen, doctorText).join('\n');
      assert.match(lines, /message box "Update\\u0007"/);
      assert.doesNotMatch(lines, /Everything is in order/);
    });

    it('only what is wanted, and gives the rest back', async () => {
      await doctor.apply(found, { type: 'install', events: HOOK_NAMES });
      assert.equal((await doctor.examine(found, HOOK_NAMES)).healthy, true);
      await doctor.apply(found, { type: 'install', events: ['cmdCallRing'] });
      assert.deepEqual([value('cmdCallEnd'), value('cmdIncomingCall')], ['""', undefined]);
      assert.ok(value('cmdCallRing')?.includes('cmdCallRing'));
    });

    it('the log with it, when asked', async () => {
      await doctor.apply(found, { ...INSTALL, log: true });
      assert.equal(value('enableLog'), '1');
    });

    it('again what broke', async () => {
      await doctor.apply(found, INSTALL);
      microsip.write(microsip.read().replace(/^(cmdCallRing=).*$/m, `$1"/gone/node x cmdCallRing ${found.pipe} --"`));
      writeFileSync(found.hookScript, '// of another version');
      const broken = await doctor.examine(found);
      assert.equal(broken.hooks.find(({ key }) => key === 'cmdCallRing')?.state, 'broken');
      assert.deepEqual([broken.script.state, broken.healthy], ['outdated', false]);
      await doctor.apply(found, INSTALL);
      assert.equal((await doctor.examine(found)).healthy, true);
    });

    it('through a link, and keeps the rights of the file', async () => {
      const real = join(microsip.root, 'real.ini');
      microsip.write(INI, real);
      chmodSync(real, 0o640);
      const link = join(microsip.root, 'microsip.ini');
      symlinkSync(real, link);
      const linked = await doctor.find({ ini: link, program: microsip.program });
      await doctor.apply(linked, INSTALL);
      assert.ok(readFileSync(real).includes(Buffer.from('cmdCallRing', 'utf16le')));
      assert.equal(statSync(real).mode & 0o777, 0o640);
    });
  });

  describe('removes', () => {
    it('everything again, byte for byte', async () => {
      const before = readFileSync(microsip.ini);
      await doctor.apply(found, INSTALL);
      await doctor.apply(found, REMOVE);
      assert.deepEqual(readFileSync(microsip.ini), before);
      assert.deepEqual(
        files().filter((name) => !name.endsWith('.bak')),
        ['microsip.ini'],
      );
      assert.equal(files().length, 3, 'two copies with names of their own');
    });

    it('nothing when there is nothing', async () => {
      const { change, backup } = await doctor.apply(found, REMOVE);
      assert.deepEqual([change.lines, change.removed, backup], [[], [], undefined]);
    });

    it('hooks whose record was lost', async () => {
      await doctor.apply(found, INSTALL);
      writeFileSync(found.hookRecord, 'damaged');
      await doctor.apply(found, REMOVE);
      assert.equal(microsip.read().includes('cmd'), false);
    });

    it('no program that somebody has put in since', async () => {
      await doctor.apply(found, INSTALL);
      microsip.write(microsip.read().replace(/^cmdCallRing=.*$/m, 'cmdCallRing="C:\\new.exe"'));
      await doctor.apply(found, REMOVE);
      assert.equal(value('cmdCallRing'), '"C:\\new.exe"');
    });
  });

  describe('a program that was there before', () => {
    const FOREIGN = '""C:\\My CRM\\crm.exe" /out {number}"';
    beforeEach(() => {
      microsip.write(INI.replace('cmdCallEnd=""', `cmdCallEnd="C:\\log.bat x"\r\ncmdOutgoingCall=${FOREIGN}`));
    });

    it('is chained, with the placeholders that MicroSIP fills in, and shown', async () => {
      await doctor.apply(found, INSTALL);
      assert.ok(value('cmdOutgoingCall')?.endsWith(' number={number} \\"--"'));
      const { hooks } = JSON.parse(readFileSync(found.hookRecord, 'utf8')) as { hooks: Record<string, unknown> };
      assert.deepEqual(hooks.cmdOutgoingCall, {
        before: FOREIGN,
        foreign: { program: 'C:\\My CRM\\crm.exe', arguments: '/out {number} {parameter}' },
      });
      const seen = (await doctor.examine(found)).hooks.find(({ key }) => key === 'cmdOutgoingCall');
      assert.equal(seen?.chained, '"C:\\My CRM\\crm.exe" /out {number}');
    });

    it('stays chained when it is installed again, and comes back when ours are removed', async () => {
      const before = readFileSync(microsip.ini);
      await doctor.apply(found, INSTALL);
      await doctor.apply(found, { type: 'install', events: HOOK_NAMES });
      assert.ok(readFileSync(found.hookRecord, 'utf8').includes('crm.exe'));
      await doctor.apply(found, REMOVE);
      assert.deepEqual(readFileSync(microsip.ini), before);
    });

    it('is left alone where ours is not wanted', async () => {
      await doctor.apply(found, { type: 'install', events: ['cmdCallRing'] });
      assert.equal(value('cmdOutgoingCall'), FOREIGN);
      const state = (await doctor.examine(found)).hooks.find(({ key }) => key === 'cmdOutgoingCall')?.state;
      assert.equal(state, 'foreign');
    });
  });

  it('switches the log on and off in the way the file writes it', async () => {
    await doctor.apply(found, { type: 'log', on: true });
    assert.equal(value('enableLog'), '1');
    assert.equal((await doctor.examine(found)).log.enabled, true);
    microsip.write(INI.replace('enableLog=0', 'enableLog="1"'));
    await doctor.apply(found, { type: 'log', on: false });
    assert.equal(value('enableLog'), '"0"');
    assert.deepEqual((await doctor.apply(found, { type: 'log', on: false })).change.lines, []);
  });

  describe('while MicroSIP runs', () => {
    beforeEach(() => {
      microsip.running = true;
    });

    it('changes nothing', async () => {
      await assert.rejects(doctor.apply(found, INSTALL), fails('running'));
      assert.deepEqual([microsip.read(), files(), microsip.acts], [INI, ['microsip.ini'], []]);
    });

    it('can say what it would change', async () => {
      const change = await doctor.preview(found, INSTALL);
      assert.deepEqual([change.lines.length, change.written.length, files()], [6, 2, ['microsip.ini']]);
      assert.equal((await doctor.examine(found)).running, true);
    });

    it('exits it, edits what it wrote when it went, and starts it again', async () => {
      microsip.onExit = () => {
        microsip.write(INI.replace('enableLog=0', 'enableLog=0\r\nvolumeRing=33'));
      };
      const outcome = await doctor.apply(found, INSTALL, { restart: true });
      assert.deepEqual([outcome.restarted, microsip.acts, microsip.running], [true, ['exit', 'start'], true]);
      assert.equal(value('volumeRing'), '33');
      assert.ok(value('cmdCallRing'));
    });

    it('does not restart it for nothing', async () => {
      microsip.running = false;
      await doctor.apply(found, INSTALL);
      microsip.running = true;
      assert.equal((await doctor.apply(found, INSTALL, { restart: true })).restarted, false);
      assert.deepEqual(microsip.acts, []);
    });

    it('starts it again even if the edit fails', async () => {
      microsip.onExit = () => {
        writeFileSync(microsip.ini, 'ANSI');
      };
      await assert.rejects(doctor.apply(found, INSTALL, { restart: true }), fails('ini_not_unicode'));
      assert.deepEqual(microsip.acts, ['exit', 'start']);
    });

    it('says when it does not go or does not come', async () => {
      microsip.failing = 'exit';
      await assert.rejects(doctor.apply(found, INSTALL, { restart: true }), fails('exit_failed'));
      assert.equal(microsip.read(), INI);
      microsip.failing = 'start';
      await assert.rejects(doctor.apply(found, INSTALL, { restart: true }), fails('start_failed'));
    });
  });

  it('notices that MicroSIP was started in between', async () => {
    let looks = 0;
    microsip.isRunning = () => Promise.resolve(++looks > 2);
    await assert.rejects(doctor.apply(found, INSTALL), fails('started_meanwhile'));
  });

  it('refuses what it cannot do well', async () => {
    await assert.rejects(doctor.test(found), fails('not_installed'));
    const nobody = await doctor.find({ ini: join(microsip.root, 'microsip.ini') });
    await assert.rejects(doctor.examine(nobody), fails('ini_missing'));
    await assert.rejects(doctor.apply(nobody, INSTALL), fails('program_unknown'));
    writeFileSync(microsip.ini, INI);
    await assert.rejects(doctor.apply(found, INSTALL), fails('ini_not_unicode'));
    assert.equal(readFileSync(microsip.ini, 'utf8'), INI);
    const far = new Doctor({ ...options(), node: `/${'far/'.repeat(50)}node` });
    microsip.write(INI);
    await assert.rejects(far.apply(found, INSTALL), fails('too_long'));
    assert.deepEqual([microsip.read(), files()], [INI, ['microsip.ini']]);
  });

  function options() {
    return { host: microsip, env: microsip.env, hookProgram: microsip.hookProgram };
  }

  it('looks at no other computer because an ini names one', async () => {
    const asked: string[] = [];
    const spies = (['existsSync', 'statSync', 'lstatSync', 'openSync'] as const).map((name) => {
      const real = fs[name] as (...args: unknown[]) => unknown;
      return mock.method(fs, name, (...args: unknown[]) => {
        asked.push(String(args[0]));
        return real(...args);
      });
    });
    try {
      for (const host of ['\\\\host\\share', '//host/share', '\\\\?\\UNC\\host\\share', '\\/host/share']) {
        const ours = `"\\"${found.hookScript}\\"" cmdCallRing ${found.pipe} \\"--`;
        microsip.write(`[Settings]\r\ncmdCallRing=""${host}\\node.exe" ${ours}"\r\n`);
        const { hooks } = await doctor.examine(found);
        assert.equal(hooks.find(({ key }) => key === 'cmdCallRing')?.state, 'broken');
      }
    } finally {
      for (const { mock: spy } of spies) spy.restore();
    }
    assert.notDeepEqual(asked, []);
    assert.deepEqual(
      asked.filter((path) => /^[\\/]{2}/.test(path)),
      [],
    );
  });

  describe('of microsip-agent.exe', () => {
    let exe: string;

    beforeEach(() => {
      exe = join(microsip.root, 'microsip-agent.exe');
      writeFileSync(exe, `#!/bin/sh\nexec "${process.execPath}" "${microsip.hookProgram}" "$@"\n`, { mode: 0o755 });
    });
    const ofExe = (node?: string): Doctor => new Doctor({ ...options(), exe, ...(node !== undefined && { node }) });

    it('has the exe be the hook program, with no script beside the ini', async () => {
      const { change } = await ofExe().apply(found, INSTALL);
      assert.deepEqual(change.written, [found.hookRecord]);
      assert.equal(value('cmdCallRing'), `""${exe}" hook "\\"${found.hookRecord}\\"" cmdCallRing ${found.pipe} \\"--"`);
      const trial = await ofExe().test(found, 1);
      assert.deepEqual([trial.receiver, trial.received], ['doctor', 1]);
    });

    it('is understood by one on Node.js, and the other way round', async () => {
      await ofExe().apply(found, INSTALL);
      for (const one of [ofExe(), doctor]) {
        const { healthy, script } = await one.examine(found);
        assert.deepEqual([healthy, script], [true, { path: exe, state: 'current' }]);
      }
      const back = await doctor.apply(found, INSTALL);
      assert.deepEqual(back.change.written, [found.hookScript]);
      assert.deepEqual((await ofExe().examine(found)).script, { path: found.hookScript, state: 'current' });
      const again = await ofExe().apply(found, INSTALL);
      assert.deepEqual([again.change.removed, existsSync(found.hookScript)], [[found.hookScript], false]);
      rmSync(exe);
      assert.equal((await doctor.examine(found)).healthy, false);
    });

    it('takes the script when a Node.js is named', async () => {
      await ofExe(process.execPath).apply(found, INSTALL);
      assert.deepEqual(readFileSync(found.hookScript), readFileSync(microsip.hookProgram));
    });
  });

  describe('tests', () => {
    it('that a hook reaches a phone, and tells no flow', async () => {
      await doctor.apply(found, INSTALL);
      const seen: Observation[] = [];
      const observer = new HookObserver({ pipe: hookPipe(microsip.ini) });
      await observer.start(
        hostOf((observation) => seen.push(observation), { problem: (problem) => assert.fail(problem) }),
      );
      const trial = await doctor.test(found, 2);
      await observer.stop();
      assert.deepEqual([trial.receiver, trial.received, trial.runs, seen], ['node-red', 2, 2, []]);
      assert.ok(trial.latency !== undefined && trial.latency > 0 && trial.latency < 20_000);
      assert.ok(trial.cost > 0 && trial.cost < 20_000);
    });

    it('with a receiver of its own when no phone listens', async () => {
      await doctor.apply(found, INSTALL);
      const trial = await doctor.test(found, 1);
      assert.deepEqual([trial.receiver, trial.received], ['doctor', 1]);
      assert.equal(existsSync(found.pipe), false);
    });

    it('what is really installed', async () => {
      await doctor.apply(found, INSTALL);
      writeFileSync(found.hookScript, '// does nothing');
      const trial = await doctor.test(found, 1);
      assert.deepEqual([trial.received, trial.latency], [0, undefined]);
    });
  });
});
