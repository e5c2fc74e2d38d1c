import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runDoctorCli, type CliSurroundings } from '../../../../src/doctor/program/doctor-cli';
import { FakeMicrosip, INI } from '../fake-microsip';

describe('microsip-doctor', () => {
  let microsip: FakeMicrosip;
  let printed: string[];
  let more: Partial<CliSurroundings>;

  beforeEach(() => {
    microsip = new FakeMicrosip();
    more = {};
  });
  afterEach(() => {
    microsip.cleanUp();
  });

  function run(...args: string[]): Promise<number> {
    printed = [];
    return runDoctorCli(args, {
      host: () => microsip,
      env: microsip.env,
      hookProgram: microsip.hookProgram,
      print: (line) => printed.push(line),
      ...more,
    });
  }
  const json = (): Record<string, unknown> => {
    assert.equal(printed.length, 1);
    return JSON.parse(printed[0] ?? '') as Record<string, unknown>;
  };

  it('prints its usage with all exit codes', async () => {
    for (const args of [[], ['help'], ['--help'], ['install', '-h']]) {
      assert.equal(await run(...args), 0);
      assert.match(printed.join('\n'), /Exit codes\n {2}0 /);
    }
  });

  for (const args of [
    ['cure'],
    ['show', 'more'],
    ['log'],
    ['log', 'maybe'],
    ['--unknown'],
    ['install', '--events', 'CallRing,Nonsense'],
    ['show', '--ini'],
  ]) {
    it(`does not understand ${args.join(' ')}`, async () => {
      assert.equal(await run(...args), 2);
      assert.equal(await run(...args, '--json'), 2);
      assert.equal((json().error as { code: string }).code, 'usage');
    });
  }

  it('shows, checks, installs, tests and removes', async () => {
    assert.equal(await run('show'), 0);
    assert.ok(printed.some((line) => line.includes(microsip.ini)));
    assert.equal(await run('check'), 7);
    assert.equal(await run('install', '--yes', '--log'), 0);
    assert.ok(printed.includes('- enableLog=0') && printed.includes('+ enableLog=1'));
    assert.match(printed.join('\n'), /5 of 5 hooks arrived, \d+ ms after/);
    assert.equal(await run('check'), 0);
    assert.equal(await run('test', '--json'), 0);
    assert.equal((json().test as { received: number }).received, 5);
    assert.equal(await run('log', 'off', '--yes'), 0);
    assert.equal(await run('remove', '--yes'), 0);
    assert.equal(microsip.read(), INI);
    assert.equal(await run('remove', '--yes'), 0);
    assert.deepEqual(printed, ['Nothing needs to be changed.']);
  });

  it('prints the exact change in a dry run and does nothing, even while MicroSIP runs', async () => {
    microsip.running = true;
    assert.equal(await run('install', '--events', 'callring, cmdCallEnd', '--dry-run'), 0);
    assert.equal(printed[0], `${microsip.ini} [Settings]`);
    assert.ok(printed.includes('- cmdCallEnd=""'));
    assert.equal(printed.filter((line) => line.startsWith('+ cmd')).length, 2);
    assert.equal(microsip.read(), INI);
    assert.equal(await run('install', '--dry-run', '--json'), 0);
    const { ok, change, dryRun, running } = json();
    assert.deepEqual([ok, dryRun, running, (change as { lines: unknown[] }).lines.length], [true, true, true, 6]);
  });

  it('asks first, and takes no answer for a no', async () => {
    assert.equal(await run('install'), 6);
    assert.equal(await run('install', '--json'), 6);
    const questions: string[] = [];
    more = { ask: (question) => Promise.resolve(questions.push(question) > 1) };
    assert.equal(await run('log', 'on'), 6);
    assert.equal(microsip.read(), INI);
    assert.equal(await run('log', 'on'), 0);
    assert.match(questions[0] ?? '', /- enableLog=0\n\+ enableLog=1\nMake this change\?/);
  });

  it('refuses while MicroSIP runs, before it asks, or restarts it when told to', async () => {
    microsip.running = true;
    more = { ask: () => assert.fail('asked') };
    assert.equal(await run('install'), 4);
    assert.match(printed.join(), /MicroSIP is running/);
    more = {};
    assert.equal(await run('install', '--restart', '--yes', '--json'), 0);
    assert.deepEqual([json().restarted, microsip.acts], [true, ['exit', 'start']]);
  });

  it('has an exit code for each kind of failure', async () => {
    assert.equal(await run('show', '--program', '/none/microsip.exe'), 3);
    assert.equal(await run('show', '--ini', '/none/microsip.ini'), 3);
    assert.equal(await run('test'), 7);
    microsip.running = true;
    microsip.failing = 'exit';
    assert.equal(await run('install', '--restart', '--yes'), 9);
    microsip.running = false;
    writeFileSync(microsip.ini, 'ANSI');
    assert.equal(await run('install', '--yes'), 5);
    microsip.isRunning = () => Promise.reject(new Error('odd'));
    assert.equal(await run('show', '--json'), 5);
    microsip.write(INI);
    assert.equal(await run('show', '--json'), 1);
    assert.deepEqual(json().error, { code: 'unexpected', message: 'odd' });
  });

  it('fails the test when nothing arrives', async () => {
    await run('install', '--yes', '--events', 'CallRing');
    writeFileSync(microsip.ini.replace('.ini', '-hook.cjs'), '');
    assert.equal(await run('test'), 8);
    assert.match(printed.join(), /none of 5/);
  });

  it('does not take one that got lost for a fault', async () => {
    await run('install', '--yes', '--events', 'CallRing');
    const script = microsip.ini.replace('.ini', '-hook.cjs');
    const lost = JSON.stringify(`${script}.lost`);
    const whole = readFileSync(script, 'utf8').replace(/^#!.*\n/, '');
    // The first one is gone before it has told anybody.
    writeFileSync(
      script,
      `const fs = require('node:fs'); if (!fs.existsSync(${lost})) { fs.writeFileSync(${lost}, ''); process.exit(1); }\n${whole}`,
    );
    assert.equal(await run('test', '--json'), 0);
    assert.equal((json().test as { received: number }).received, 5);
    assert.ok(existsSync(`${script}.lost`));
  });

  it('is a program', () => {
    const program = join(__dirname, '../../../../bin/microsip-doctor.ts');
    const { status, stdout } = spawnSync(
      process.execPath,
      ['--require', 'tsx/cjs', program, 'show', '--json', '--ini', '/none/microsip.ini'],
      { encoding: 'utf8' },
    );
    assert.equal(status, 3);
    assert.equal((JSON.parse(stdout) as { error: { code: string } }).error.code, 'ini_missing');
  });

  it('makes what hides in a value visible', async () => {
    microsip.write(INI.replace('cmdCallEnd=""', 'cmdCallEnd="C:\\\u202eexe.x \u001b[2J"'));
    await run('show');
    assert.ok(printed.some((line) => line.includes('C:\\\\u202eexe.x \\u001b[2J')));
    assert.equal(readFileSync(microsip.ini).includes(Buffer.from('\u202e', 'utf16le')), true);
  });
});
