import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { iniOfOurs, withKey } from '../../windows/real/staging/ini-of-ours';
import { portableCopy } from '../../windows/real/staging/portable-copy';

describe('the copy of a real MicroSIP that nobody looks after', () => {
  const ini = (options: Parameters<typeof iniOfOurs>[0]): string => iniOfOurs(options).toString('utf16le');

  it('has an account that calls the SIP peer without a registrar, writes its log, and asks for no update', () => {
    const lines = ini({ domain: '127.0.0.1:5070' }).split('\r\n');
    assert.equal(lines[0], '\ufeff[Settings]');
    for (const line of ['accountId=1', 'enableLog=1', 'updatesInterval=never', 'domain=127.0.0.1:5070', 'server='])
      assert.ok(lines.includes(line), line);
  });

  it('has a registrar and other settings when they are wanted', () => {
    const lines = ini({ domain: '127.0.0.1:5070', registrar: true, settings: { singleMode: 0 } }).split('\r\n');
    assert.ok(lines.includes('server=127.0.0.1:5070'));
    assert.deepEqual(
      lines.filter((line) => line.startsWith('singleMode')),
      ['singleMode=0'],
    );
  });

  it('gets a setting changed or added, whatever else MicroSIP has written', () => {
    const written = '[Settings]\r\nDND=0\r\ncmdCallEnd="x"\r\n[Account1]\r\nlabel=Test\r\n';
    assert.equal(withKey(written, 'DND', '1'), written.replace('DND=0', 'DND=1'));
    assert.equal(withKey(written, 'AA', '1'), written.replace('[Settings]', '[Settings]\r\nAA=1'));
  });

  it('takes the program and what it needs, and nothing of its owner', () => {
    const from = mkdtempSync(join(tmpdir(), 'installed-'));
    const files = [
      'MicroSIP.exe',
      'codec.dll',
      'ring.wav',
      'microsip.ini',
      'Contacts.xml',
      'call_log.db',
      'langpack_de.txt',
    ];
    for (const file of files) writeFileSync(join(from, file), file);
    const copy = portableCopy(join(from, 'MicroSIP.exe'), Buffer.from('ours'));
    try {
      const copied = readdirSync(dirname(copy.program)).sort();
      assert.deepEqual(copied, ['MicroSIP.exe', 'MicroSIP.ini', 'codec.dll', 'ring.wav']);
      assert.equal(readFileSync(copy.ini, 'utf8'), 'ours');
      assert.ok(!copy.folder.includes('.'), 'MicroSIP renames its log at the first dot of the path');
    } finally {
      copy.remove();
      rmSync(from, { recursive: true });
    }
    assert.equal(existsSync(copy.folder), false);
  });
});
