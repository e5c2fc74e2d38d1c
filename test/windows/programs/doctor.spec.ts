import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { NodeAPI } from 'node-red';
import { serveDoctor } from '../../../src/node-red/admin/doctor-endpoint';
import { exitProgram, processesOf } from '../../../src/win32/process/program-exit';
import { skipBecause } from '../../support/skip';
import { doctor } from '../support/doctor-program';
import { StandIn, whyNoStandIn, type StandInOptions } from '../support/stand-in';

const KEY = 'HKCU\\Software\\MicroSIP';
const SUBFOLDER = 'Desk Phone (x86) & more';

describe('the doctor on Windows', () => {
  const standIns: StandIn[] = [];

  before(function () {
    const why = whyNoStandIn();
    if (why) skipBecause(this, why);
  });
  afterEach(async () => {
    for (const standIn of standIns.splice(0)) await standIn.end();
  });

  function place(options: StandInOptions = {}): StandIn {
    const standIn = StandIn.place({ subfolder: SUBFOLDER, ...options });
    standIns.push(standIn);
    return standIn;
  }
  const read = (standIn: StandIn): string => readFileSync(standIn.ini).subarray(2).toString('utf16le');
  const files = (standIn: StandIn): string[] => readdirSync(dirname(standIn.ini)).sort();

  it('installs into a copy that does not run, changing nothing else, and gives all back', async () => {
    const foreign = '""C:\\My CRM\\crm.exe" /out {number}"';
    const standIn = place({ settings: { cmdOutgoingCall: foreign, volumeRing: 33, unknownKey: 'Büro ☎' } });
    const [before, beforeFiles] = [readFileSync(standIn.ini), files(standIn)];
    const portable = ['--program', standIn.program];
    assert.equal((await doctor(['check', ...portable])).exitCode, 7);
    const installed = await doctor(['install', '--yes', ...portable]);
    assert.deepEqual([installed.ok, (installed['test'] as { received: number }).received], [true, 5]);
    const bytes = readFileSync(standIn.ini);
    assert.deepEqual([...bytes.subarray(0, 2)], [0xff, 0xfe]);
    const kept = read(standIn).replace(/^cmd.*\r\n/gm, '');
    assert.equal(
      kept,
      before
        .subarray(2)
        .toString('utf16le')
        .replace(/^cmd.*\r\n/gm, ''),
    );
    assert.doesNotMatch(read(standIn), /[^\r]\n/);
    const { found } = (await doctor(['check', ...portable])) as unknown as { found: Record<string, unknown> };
    assert.deepEqual([found['healthy'], found['running'], found['mode']], [true, false, 'portable']);
    assert.ok((await doctor(['remove', '--yes', ...portable])).ok);
    assert.deepEqual(readFileSync(standIn.ini), before);
    assert.deepEqual(
      files(standIn).filter((name) => !name.endsWith('.bak')),
      beforeFiles,
    );
  });

  it('changes nothing while MicroSIP runs, or exits it through its window and starts it again', async () => {
    const standIn = place();
    await standIn.run();
    const before = readFileSync(standIn.ini);
    const portable = ['--program', standIn.program.toUpperCase()];
    assert.equal((await doctor(['install', '--yes', ...portable])).error?.code, 'running');
    assert.deepEqual(readFileSync(standIn.ini), before);
    const [, first] = await standIn.request('version');
    standIn.expectStart();
    const installed = await doctor(['install', '--yes', '--restart', '--log', ...portable]);
    assert.deepEqual([installed.exitCode, installed['restarted']], [0, true]);
    await standIn.started();
    const [, second] = await standIn.request('version');
    assert.notEqual(first, second);
    assert.equal((await standIn.request('setting', 'enableLog'))[0], '1');
    const record = readFileSync(join(dirname(standIn.program), 'standin-record.txt'), 'utf8');
    assert.match(record, /action\texit/);
    const { found } = (await doctor(['check', ...portable])) as unknown as { found: Record<string, unknown> };
    assert.deepEqual([found['healthy'], found['running']], [true, true]);
  });

  it('finds the installed copy by the registry, with its data in the profile', async () => {
    const profile = mkdtempSync(join(tmpdir(), 'Ada Lovelace '));
    const env = { APPDATA: join(profile, 'Roaming'), LOCALAPPDATA: join(profile, 'Local') };
    const standIn = place({ env, iniFolder: join(env.APPDATA, 'MicroSIP') });
    try {
      registry('add', KEY, '/ve', '/d', dirname(standIn.program), '/f');
      assert.ok((await doctor(['install', '--yes', '--events', 'CallRing'], env)).ok);
      assert.ok(existsSync(join(env.APPDATA, 'MicroSIP', 'MicroSIP-hook.cjs')));
      await standIn.run();
      assert.match((await standIn.request('setting', 'cmdCallRing'))[0] ?? '', /MicroSIP-hook\.cjs/);
      const { found } = (await doctor(['show'], env)) as unknown as { found: Record<string, unknown> };
      assert.deepEqual([found['mode'], found['ini'], found['running']], ['installed', standIn.ini, true]);
    } finally {
      registry('delete', KEY, '/f');
      await standIn.end();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    }
  });

  it('lets programs that were there go on, also batch files', async () => {
    const standIn = place({ settings: { singleMode: 1 } });
    const [script, batch] = [join(standIn.folder, 'foreign.cjs'), join(standIn.folder, 'foreign.bat')];
    const [toldScript, toldBatch] = [join(standIn.folder, 'script.txt'), join(standIn.folder, 'batch.txt')];
    const write = `require('fs').appendFileSync(${JSON.stringify(toldScript)}, process.argv.slice(2).join('|') + '\\n')`;
    writeFileSync(script, write);
    writeFileSync(batch, `@echo %*>> "${toldBatch}"\r\n`);
    const hooks = [`cmdCallRing=""${process.execPath}" ${script} a b"`, `cmdCallEnd="${batch} x"`];
    const ini = read(standIn).replace('accountId=1', ['accountId=1', ...hooks].join('\r\n'));
    writeFileSync(standIn.ini, Buffer.from(`\ufeff${ini}`, 'utf16le'));
    const portable = ['--program', standIn.program];
    assert.ok((await doctor(['install', '--yes', '--events', 'CallRing,CallEnd', ...portable])).ok);
    await standIn.run();
    await standIn.act('incoming', '1005', '', '', '', '', '', '<sip:10&calc.exe|05@pbx.example.test>');
    await standIn.act('remote-hangup');
    const told = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8').trim() : '');
    const end = Date.now() + 5000;
    while ((told(toldScript) === '' || told(toldBatch) === '') && Date.now() < end)
      await new Promise((resolve) => setTimeout(resolve, 50));
    assert.deepEqual([told(toldScript), told(toldBatch)], ['a|b|10&calc.exe|05', 'x 10_calc.exe_05']);
    await standIn.exit();
    assert.ok((await doctor(['remove', '--yes', ...portable])).ok);
    for (const hook of hooks) assert.ok(read(standIn).includes(`${hook}\r\n`), hook);
  });

  it('works behind the dialog without holding Node-RED up', async () => {
    const standIn = place();
    await standIn.run();
    const before = performance.eventLoopUtilization();
    const preview = await throughEndpoint({ action: 'install', program: `"${standIn.program}"` });
    // Waiting for a Windows call counts as working; what the machine takes for others while nothing is to do does not.
    const { utilization } = performance.eventLoopUtilization(before);
    assert.deepEqual([preview['ok'], preview['dryRun'], preview['running']], [true, true, true]);
    const refused = await throughEndpoint({ action: 'log on', program: standIn.program, apply: true });
    assert.equal((refused['error'] as { code: string }).code, 'running');
    standIn.expectStart();
    const done = await throughEndpoint({ action: 'log on', program: standIn.program, apply: true, restart: true });
    assert.deepEqual([done['ok'], done['restarted']], [true, true]);
    await standIn.started();
    assert.equal((await standIn.request('setting', 'enableLog'))[0], '1');
    console.log(`      the main thread worked for ${(utilization * 100).toFixed(0)} % of the preview`);
    assert.ok(utilization < 0.6, 'the doctor works on the main thread');
  });

  for (const version of ['3.22.16', '3.22.3', '3.19.27'] as const) {
    it(`exits ${version}`, async () => {
      const standIn = place({ version });
      await standIn.run();
      assert.equal(processesOf(standIn.program).length, 1);
      assert.equal(await exitProgram(standIn.program, 5000), undefined);
      assert.deepEqual(processesOf(standIn.program), []);
      assert.equal(await exitProgram(standIn.program, 5000), undefined);
    });
  }

  it('tells what the windows show to be the matter', async () => {
    const standIn = place();
    await standIn.run();
    const check = async (): Promise<unknown[]> => {
      const { exitCode, found, error } = await doctor(['check', '--program', standIn.program]);
      assert.equal(error, undefined, error?.message);
      return [exitCode, (found as Record<string, unknown>)['troubles']];
    };
    assert.deepEqual(await check(), [7, undefined]);
    await standIn.act('box', 'main', 'task', 'MicroSIP Update Available');
    assert.deepEqual(await check(), [7, [{ code: 'blocked', title: 'MicroSIP Update Available' }]]);
    await standIn.act('modal-close');
    await standIn.act('register-fail', 403);
    assert.deepEqual(await check(), [7, [{ code: 'not_registered' }]]);
  });

  it('is not held up by a MicroSIP that hangs, and says so', async () => {
    const standIn = place();
    await standIn.run();
    await standIn.request('hang', 5000);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const before = performance.now();
    assert.equal(await exitProgram(standIn.program, 500), 'stays');
    assert.ok(performance.now() - before < 4800);
  });
});

function registry(...args: string[]): void {
  const { status } = spawnSync('reg', args, { stdio: 'ignore' });
  assert.equal(status, 0, `reg ${args.join(' ')}`);
}

/** The admin endpoint, without a Node-RED around it. */
function throughEndpoint(body: object): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const answer = {
      json: resolve,
      status: (status: number) => ({
        json: (text: object) => {
          reject(new Error(`${status} ${JSON.stringify(text)}`));
        },
      }),
    };
    const post = (_path: string, _permission: unknown, handle: (request: unknown, response: unknown) => void): void => {
      handle({ body, headers: {} }, answer);
    };
    serveDoctor({ httpAdmin: { post }, auth: { needsPermission: () => undefined }, _: String } as unknown as NodeAPI);
  });
}
