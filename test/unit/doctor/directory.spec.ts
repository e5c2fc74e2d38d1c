import assert from 'node:assert/strict';
import { shownAddress } from '../../../src/doctor/directory-warnings';
import { runDoctorCli } from '../../../src/doctor/program/doctor-cli';
import { FakeMicrosip, INI } from './fake-microsip';

describe("the doctor and MicroSIP's directory", () => {
  let microsip: FakeMicrosip;
  let printed: string;

  beforeEach(() => {
    microsip = new FakeMicrosip();
  });
  afterEach(() => {
    microsip.cleanUp();
  });

  const run = (...args: string[]): Promise<number> => doctor('directory', ...args);
  const doctor = (...args: string[]): Promise<number> => {
    printed = '';
    return runDoctorCli(args, {
      host: () => microsip,
      env: microsip.env,
      hookProgram: microsip.hookProgram,
      print: (line) => (printed += `${line}\n`),
    });
  };
  const json = (): Record<string, Record<string, unknown>> =>
    JSON.parse(printed) as Record<string, Record<string, unknown>>;

  it('sets the address and takes it out again, which leaves the ini as it was', async () => {
    assert.equal(await run('http://127.0.0.1:1880/microsip?u={username}', '--yes'), 0);
    assert.match(microsip.read(), /^usersDirectory="http:\/\/127\.0\.0\.1:1880\/microsip\?u=\{username\}"\r$/m);
    assert.equal(await run('--remove', '--yes'), 0);
    assert.equal(microsip.read(), INI);
  });

  it('has MicroSIP ask for a percent sign, and shows no password', async () => {
    assert.equal(await run('http://ada:secret@pc/a%20b', '--yes'), 0);
    assert.match(microsip.read(), /usersDirectory="http:\/\/ada:secret@pc\/a\*20b"/);
    assert.doesNotMatch(printed, /secret/);
  });

  it('shows nothing of a password, however it is written', async () => {
    for (const [address, shown] of [
      ['http://ada:p@secret@pc/x', 'http://ada:…@pc/x'],
      ['http://ada@example.org:secret@pc/x', 'http://ada@example.org:…@pc/x'],
      ['http://ada:p/secret@pc/x', 'http://ada:…@pc/x'],
      ['http://ada:p?secret#@pc/x', 'http://ada:…@pc/x'],
      ['http:\\\\ada:secret@pc/x', 'http:\\\\ada:…@pc/x'],
      ['https:/ada:secret@pc/x', 'https:/ada:…@pc/x'],
      ['ada:secret@pc/x', 'ada:…@pc/x'],
      ['http://pc:1880/dav/ada@example.org', undefined],
      ['http://ada@pc:1880/x?mail=ada@example.org', undefined],
      ['http://ada@pc/a:b@c', undefined],
    ] as const) {
      assert.equal(shownAddress(address), shown ?? address);
      assert.equal(shownAddress(`"${address}"`), `"${shown ?? address}"`);
      await run(address, '--dry-run');
      if (shown !== undefined) assert.doesNotMatch(printed, /secret/, address);
      await run(address, '--dry-run', '--json');
      if (shown !== undefined) assert.doesNotMatch(printed, /secret/, address);
    }
    assert.equal(shownAddress('C:\\Users\\ada@example.org\\microsip.ini'), 'C:\\Users\\ada@example.org\\microsip.ini');
  });

  it('warns of what speaks against an address', async () => {
    for (const [address, warnings] of [
      ['http://pc/x?u={username}', []],
      ['https://pc/x', ['certificate']],
      ['http://pc/x?p={password}', ['password']],
      ['http://pc/x?p={MD5_password}', ['password']],
      ['http://pc/%s/%s', ['password']],
      ['http://pc/%s?all=*', ['star']],
    ] as const) {
      assert.equal(await run(address, '--dry-run', '--json'), 0);
      assert.deepEqual(json()['change']?.['warnings'], warnings, address);
    }
  });

  it('warns of what somebody else has written, and shows no password of that either', async () => {
    microsip.write(`[Settings]\r\nusersDirectory=https://ada:secret@pc/${'x'.repeat(300)}\r\n`);
    assert.equal(await run('--remove', '--dry-run', '--json'), 0);
    assert.doesNotMatch(printed, /secret/);
    await doctor('check', '--json');
    const { warnings } = json()['found']?.['directory'] as { warnings: string[] };
    assert.deepEqual(warnings, ['certificate', 'long']);
    assert.doesNotMatch(printed, /secret/);
    assert.equal(await run('--remove', '--yes', '--json'), 0);
    assert.doesNotMatch(printed, /secret/);
  });

  it('refuses what is no such address', async () => {
    for (const address of [
      'ftp://pc/x',
      'http://',
      'http://pc/a b',
      'http://pc/"x',
      'http://pc/\ud800',
      '/etc/passwd',
      '',
    ]) {
      assert.equal(await run(address, '--yes', '--json'), 2, address);
      assert.equal(json()['error']?.['code'], 'bad_url');
    }
    assert.equal(await run(`http://pc/${'x'.repeat(246)}`, '--yes', '--json'), 5);
    assert.equal(json()['error']?.['code'], 'too_long');
    assert.equal(microsip.read(), INI);
  });

  it('changes nothing while MicroSIP runs', async () => {
    microsip.running = true;
    assert.equal(await run('http://pc/x', '--yes'), 4);
    assert.equal(microsip.read(), INI);
  });
});
