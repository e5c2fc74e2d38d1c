import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DoctorError } from '../../../../src/doctor/program/doctor-error';
import { findMicrosip, installationOf, type Target } from '../../../../src/doctor/host/find-microsip';
import { localHost } from '../../../../src/doctor/host/local-host';
import { hookPipe } from '../../../../src/microsip/hook-pipe';
import { FakeMicrosip } from '../fake-microsip';

describe('finding MicroSIP', () => {
  let microsip: FakeMicrosip;
  beforeEach(() => {
    microsip = new FakeMicrosip();
  });
  afterEach(() => {
    microsip.cleanUp();
  });

  const find = (target: Target = {}) => findMicrosip(target, microsip, microsip.env);
  const fails = (error: unknown): boolean => error instanceof DoctorError && error.code === 'not_found';

  it('an installed one has its data in the profile', async () => {
    assert.deepEqual(await find(), {
      program: microsip.program,
      mode: 'installed',
      ini: microsip.ini,
      log: join(microsip.env.LOCALAPPDATA, 'MicroSIP', 'microsip_log.txt'),
      hookScript: join(microsip.data, 'microsip-hook.cjs'),
      hookRecord: join(microsip.data, 'microsip-hook.json'),
      pipe: hookPipe(microsip.ini),
    });
    assert.deepEqual(await find({ program: microsip.program }), await find());
  });

  it('the registry may write the folder otherwise', async () => {
    microsip.registry = `${microsip.folder.replace('MicroSIP', 'MICROSIP')}/`;
    assert.equal((await find({ program: microsip.program })).mode, 'installed');
  });

  it('a portable one has its data beside it, named like its program', async () => {
    const folder = join(microsip.root, 'stick');
    mkdirSync(folder);
    writeFileSync(join(folder, 'Phone2.exe'), '');
    const found = await find({ program: join(folder, 'Phone2.exe') });
    assert.deepEqual(
      [found.mode, found.ini, found.log, found.hookScript],
      ['portable', join(folder, 'Phone2.ini'), join(folder, 'Phone2_log.txt'), join(folder, 'Phone2-hook.cjs')],
    );
    assert.notEqual(found.pipe, (await find()).pipe);
  });

  it('takes a path in quotes, as Explorer copies it', async () => {
    assert.deepEqual(await find({ program: ` "${microsip.program}" ` }), await find());
    assert.deepEqual(await find({ ini: `"${microsip.ini}"` }), await find());
  });

  it('the paths of a copy that is not there are known all the same', async () => {
    const gone = join(microsip.root, 'share', 'MicroSIP.exe');
    const { mode, ini, pipe } = installationOf(gone, microsip.folder, {});
    assert.deepEqual([mode, ini, pipe], ['portable', join(microsip.root, 'share', 'MicroSIP.ini'), hookPipe(ini)]);
    assert.deepEqual(installationOf(microsip.program, microsip.folder, microsip.env), await find());
    assert.throws(() => installationOf(microsip.program, microsip.folder, {}), fails);
  });

  it('an ini finds the program that uses it', async () => {
    const byIni = await find({ ini: microsip.ini });
    assert.deepEqual(byIni, await find());
    const elsewhere = await find({ ini: join(microsip.root, 'microsip.ini') });
    assert.equal(elsewhere.program, undefined);
    assert.equal((await find({ ini: microsip.ini, program: '/x/y.exe' })).program, '/x/y.exe');
  });

  it('says so when there is none', async () => {
    await assert.rejects(find({ program: join(microsip.folder, 'other.exe') }), fails);
    microsip.registry = undefined;
    await assert.rejects(find(), fails);
    microsip.registry = join(microsip.root, 'gone');
    await assert.rejects(find(), fails);
    microsip.registry = microsip.folder;
    await assert.rejects(findMicrosip({}, microsip, {}), fails);
  });
});

describe('local host', () => {
  it('has no MicroSIP where there is no Windows', async () => {
    const host = localHost('linux');
    assert.deepEqual([await host.isRunning('x'), await host.registryFolder()], [false, undefined]);
    await assert.rejects(host.exit('x'));
    await assert.rejects(host.start('x'));
  });
});
