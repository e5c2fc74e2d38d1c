import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import fsp from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_EVENTS, type Wish } from '../../../../src/doctor/change';
import { Doctor } from '../../../../src/doctor/doctor';
import { DoctorError, type DoctorErrorCode } from '../../../../src/doctor/program/doctor-error';
import type { Installation } from '../../../../src/doctor/host/find-microsip';
import { skipBecause } from '../../../support/skip';
import { FakeMicrosip, INI } from '../fake-microsip';

const INSTALL: Wish = { type: 'install', events: DEFAULT_EVENTS };
const fails = (code: DoctorErrorCode, words = /./) => {
  return (error: unknown) => error instanceof DoctorError && error.code === code && words.test(error.message);
};

describe("the doctor's files", () => {
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
  const backup = (): string => `${microsip.ini}.20261122-201501.bak`;

  describe('do not spoil', () => {
    let treasure: string;
    beforeEach(() => {
      treasure = join(microsip.root, 'treasure');
      writeFileSync(treasure, 'keep me');
    });
    afterEach(() => {
      assert.equal(readFileSync(treasure, 'utf8'), 'keep me');
    });

    it('what links at the names of new and temporary files lead to', async () => {
      for (const name of ['microsip.ini.new', 'microsip.ini.tmp', 'microsip-hook.cjs.new', 'microsip.ini.bak'])
        symlinkSync(treasure, join(microsip.data, name));
      symlinkSync(treasure, backup());
      symlinkSync(treasure, found.hookScript);
      symlinkSync(treasure, found.hookRecord);
      const outcome = await doctor.apply(found, INSTALL);
      assert.equal(outcome.backup, `${microsip.ini}.20261122-201501-2.bak`);
      assert.equal(lstatSync(found.hookScript).isFile(), true);
      assert.deepEqual(readFileSync(found.hookScript), readFileSync(microsip.hookProgram));
      await doctor.apply(found, { type: 'remove' });
      assert.equal(existsSync(found.hookScript), false);
    });

    it('what a link with the very content of the hook program leads to', async () => {
      const copy = join(microsip.root, 'copy.cjs');
      writeFileSync(copy, readFileSync(microsip.hookProgram));
      symlinkSync(copy, found.hookScript);
      await doctor.apply(found, INSTALL);
      assert.equal(lstatSync(found.hookScript).isSymbolicLink(), false);
    });

    it('what hard links share', async () => {
      const other = join(microsip.root, 'other.ini');
      linkSync(microsip.ini, other);
      linkSync(treasure, found.hookScript);
      await doctor.apply(found, INSTALL);
      assert.equal(readFileSync(other).subarray(2).toString('utf16le'), INI);
      assert.equal(statSync(backup()).nlink, 1);
    });

    it('what a dangling link would make', async () => {
      symlinkSync(join(microsip.root, 'nowhere'), found.hookRecord);
      await doctor.apply(found, INSTALL);
      assert.equal(existsSync(join(microsip.root, 'nowhere')), false);
    });
  });

  it('that were left over by a doctor that was killed are cleared, and those of others are kept', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    const left = ['microsip.ini', 'microsip-hook.cjs', 'microsip-hook.json'].map(
      (name) => `${name}.${pid}-0123456789abcdef.tmp`,
    );
    const kept = [
      `microsip.ini.${process.ppid}-0123456789abcdef.tmp`,
      `other.ini.${pid}-0123456789abcdef.tmp`,
      `microsip.ini.${pid}-x.tmp`,
      'microsip.ini.tmp',
    ];
    for (const name of [...left, ...kept]) writeFileSync(join(microsip.data, name), '');
    await doctor.apply(found, INSTALL);
    assert.deepEqual(
      files().filter((name) => name.endsWith('.tmp')),
      kept.sort(),
    );
  });

  it('are all whole or not there when the disk is full, whichever of them is the first that has no room', async () => {
    const { open } = fsp;
    for (const room of [0, 1, 2, 3]) {
      let left = room;
      fsp.open = (async (path: string, flags: string, mode: number) => {
        const file = await open(path, flags, mode);
        if (flags === 'wx' && left-- === 0)
          file.writeFile = async (content) => {
            await file.write(Buffer.from(content as Buffer).subarray(0, 7));
            throw Object.assign(new Error('ENOSPC: /secret'), { code: 'ENOSPC' });
          };
        return file;
      }) as typeof open;
      try {
        await assert.rejects(doctor.apply(found, INSTALL), fails('disk_full'));
      } finally {
        fsp.open = open;
      }
      assert.equal(microsip.read(), INI);
      for (const name of files()) {
        assert.doesNotMatch(name, /\.tmp$/);
        if (name.endsWith('.bak'))
          assert.deepEqual(readFileSync(join(microsip.data, name)), readFileSync(microsip.ini));
      }
      for (const name of files().filter((one) => one !== 'microsip.ini')) unlinkSync(join(microsip.data, name));
    }
  });

  it('keep the rights of the ini, also in the copy, which has its passwords', async function () {
    if (process.platform === 'win32') skipBecause(this, 'rights are inherited there');
    chmodSync(microsip.ini, 0o600);
    await doctor.apply(found, INSTALL);
    for (const path of [microsip.ini, backup()]) assert.equal(statSync(path).mode & 0o777, 0o600);
  });

  it('are left alone when the ini is write-protected', async () => {
    chmodSync(microsip.ini, 0o444);
    microsip.running = true;
    await assert.rejects(doctor.apply(found, INSTALL, { restart: true }), fails('ini_read_only'));
    assert.deepEqual([files(), microsip.acts], [['microsip.ini'], []]);
    chmodSync(microsip.ini, 0o644);
  });

  it('are left alone when a folder is in the way', async () => {
    mkdirSync(join(found.hookScript, 'x'), { recursive: true });
    await assert.rejects(doctor.apply(found, INSTALL), fails('ini_locked'));
    assert.equal(microsip.read(), INI);
  });

  describe('are left alone, and called what they are:', () => {
    const cases: [what: string, make: () => void, error: ReturnType<typeof fails>][] = [
      [
        'a folder',
        () => {
          mkdirSync(microsip.ini);
        },
        fails('ini_no_file'),
      ],
      [
        'an empty ini',
        () => {
          writeFileSync(microsip.ini, '');
        },
        fails('ini_empty'),
      ],
      [
        'zeros',
        () => {
          writeFileSync(microsip.ini, Buffer.alloc(800));
        },
        fails('ini_damaged'),
      ],
      [
        'UTF-8',
        () => {
          writeFileSync(microsip.ini, INI);
        },
        fails('ini_not_unicode', /UTF-8\..*do not start/),
      ],
      [
        'UTF-8 with BOM',
        () => {
          writeFileSync(microsip.ini, `\ufeff${INI}`);
        },
        fails('ini_not_unicode', /UTF-8 \(with BOM\).*do not start/),
      ],
      [
        'big-endian',
        () => {
          writeFileSync(microsip.ini, Buffer.from(`\ufeff${INI}`, 'utf16le').swap16());
        },
        fails('ini_not_unicode', /big-endian.*do not start/),
      ],
      [
        'ANSI',
        () => {
          writeFileSync(microsip.ini, INI, 'latin1');
        },
        fails('ini_not_unicode', /ANSI format\. Start MicroSIP/),
      ],
      [
        'one of 100 MB',
        () => {
          microsip.write(INI);
          truncateSync(microsip.ini, 100_000_000);
        },
        fails('ini_too_large'),
      ],
    ];
    for (const [what, make, error] of cases)
      it(what, async () => {
        unlinkSync(microsip.ini);
        make();
        await assert.rejects(doctor.examine(found), error);
        await assert.rejects(doctor.apply(found, INSTALL), error);
        assert.deepEqual(files(), ['microsip.ini']);
      });

    it('a pipe that nobody writes to', async function () {
      if (process.platform === 'win32') skipBecause(this, 'Windows has no such files');
      unlinkSync(microsip.ini);
      execFileSync('mkfifo', [microsip.ini]);
      await assert.rejects(doctor.examine(found), fails('ini_no_file'));
      microsip.cleanUp();
    });

    it('pipes in the place of the hook program and its record', async function () {
      if (process.platform === 'win32') skipBecause(this, 'Windows has no such files');
      execFileSync('mkfifo', [found.hookScript, found.hookRecord]);
      assert.equal((await doctor.examine(found)).script.state, 'missing');
      await doctor.apply(found, INSTALL);
      assert.equal((await doctor.examine(found)).healthy, true);
    });
  });

  describe('do not make the test run', () => {
    const prepare = (line: string): void => {
      microsip.write(`[Settings]\r\n${line}\r\n`);
    };
    const marked = (): string => join(microsip.root, 'was-run');

    afterEach(() => {
      assert.equal(existsSync(marked()), false);
    });

    it('a program that somebody put into the ini', async () => {
      prepare(`cmdCallRing="touch ${marked()} cmdCallRing microsip-hook-0123456789ab"`);
      await assert.rejects(doctor.test(found, 1), fails('other_command'));
    });

    it('another script, Node.js or pipe', async () => {
      await doctor.apply(found, INSTALL);
      const good = microsip.read();
      for (const [part, other] of [
        [found.hookScript, join(microsip.root, 'evil.cjs')],
        [process.execPath, '/bin/sh'],
        [' \\"--', ' --require evil \\"--'],
      ] as const) {
        microsip.write(good.replaceAll(part, other));
        await assert.rejects(doctor.test(found, 1), fails('other_command'));
      }
    });

    it('what a record names for the trial', async () => {
      await doctor.apply(found, INSTALL);
      const record = JSON.parse(readFileSync(found.hookRecord, 'utf8')) as { hooks: Record<string, unknown> };
      record.hooks['trial'] = { before: null, foreign: { program: '/usr/bin/touch', arguments: marked() } };
      writeFileSync(found.hookRecord, JSON.stringify(record));
      await assert.rejects(doctor.test(found, 1), fails('other_command'));
    });

    it('what a prepared record gives back to a key that is not installed', async () => {
      prepare(`cmdIncomingCall="x microsip-hook-0123456789ab"`);
      const before = `"touch ${marked()} microsip-hook-0123456789ab"`;
      writeFileSync(found.hookRecord, JSON.stringify({ hooks: { cmdIncomingCall: { before } } }));
      await doctor.apply(found, INSTALL);
      assert.equal((await doctor.test(found, 1)).received, 1);
    });
  });
});
