import assert from 'node:assert/strict';
import { iniEncoding } from '../../../../src/microsip/ini/ini-encoding';

const TEXT = '[Settings]\r\naccountId=1\r\nlabel=Büro\r\n';
const big = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

describe('the encoding of an ini', () => {
  const NAMES: [name: string | object, bytes: Buffer][] = [
    ['utf16le', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
    ['utf16le', Buffer.from(`\ufeff${TEXT}日本語の通話`, 'utf16le')],
    ['utf16le', Buffer.from('\ufeff', 'utf16le')],
    ['utf16le', Buffer.concat([Buffer.from(`\ufeff${TEXT}`, 'utf16le'), Buffer.from('x')])],
    [{ name: 'UTF-16 BE (big-endian)' }, big(`\ufeff${TEXT}`)],
    [{ name: 'UTF-16 LE (without BOM)' }, Buffer.from(TEXT, 'utf16le')],
    [{ name: 'UTF-16 BE (big-endian, without BOM)' }, big(TEXT)],
    [{ name: 'UTF-8 (with BOM)' }, Buffer.from(`\ufeff${TEXT}`)],
    [{ name: 'UTF-8 (with BOM)' }, Buffer.from('\ufeff')],
    [{ name: 'UTF-8' }, Buffer.from(TEXT)],
    [{ name: 'UTF-8' }, Buffer.from('[Settings]\nlabel=☎\n')],
    [{ name: 'UTF-32 LE' }, Buffer.from([0xff, 0xfe, 0, 0, 0x5b, 0, 0, 0])],
    [{ name: 'UTF-32 BE (big-endian)' }, Buffer.from([0, 0, 0xfe, 0xff, 0, 0, 0, 0x5b])],
    ['ansi', Buffer.from(TEXT, 'latin1')],
    ['ansi', Buffer.from('[Settings]\r\naccountId=1\r\n')],
    ['empty', Buffer.alloc(0)],
    ['damaged', Buffer.alloc(4096)],
    ['damaged', Buffer.from(`\ufeff${TEXT}${'\0'.repeat(500)}`, 'utf16le')],
    ['damaged', Buffer.from(`${TEXT}${'\0'.repeat(500)}`)],
  ];
  for (const [name, bytes] of NAMES)
    it(`of ${bytes.subarray(0, 12).toString('hex')}… (${bytes.length} bytes) is ${JSON.stringify(name)}`, () => {
      assert.deepEqual(iniEncoding(bytes), name);
    });
});
