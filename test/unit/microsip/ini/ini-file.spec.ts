import assert from 'node:assert/strict';
import fc from 'fast-check';
import { IniFile } from '../../../../src/microsip/ini/ini-file';
import { quoted, unquoted } from '../../../../src/microsip/ini/ini-value';

const bytes = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');
const text = (ini: IniFile): string => ini.toBytes().subarray(2).toString('utf16le');

function parse(content: Buffer): IniFile {
  const ini = IniFile.parse(content);
  assert.ok(ini);
  return ini;
}

const SAMPLE = [
  '; a remark',
  '[Account1]',
  'cmdCallEnd=of another section',
  '[Settings]',
  'version=3.22.3',
  'ringtone="C:\\Klänge\\☎.wav"',
  'CMDCALLSTART = "C:\\x.exe"  ',
  'cmdCallStart="the second one does not count"',
  ';cmdCallEnd=a remark',
  'odd line without the sign',
  '',
  '[Calls]',
  '0=+49;Ada; Lovelace;1;1700000000;5;',
  '',
].join('\r\n');

describe('ini file', () => {
  it('finds what Windows would find', () => {
    const ini = parse(bytes(SAMPLE));
    assert.equal(ini.get('settings', 'cmdCallStart'), '"C:\\x.exe"');
    assert.equal(ini.get('Settings', 'cmdCallEnd'), undefined);
    assert.equal(ini.get('Account1', 'cmdcallend'), 'of another section');
    assert.equal(ini.get('None', 'x'), undefined);
  });

  it('changes a value and nothing else', () => {
    const ini = parse(bytes(SAMPLE));
    ini.set('Settings', 'cmdCallStart', '"new"');
    assert.equal(text(ini), SAMPLE.replace('CMDCALLSTART = "C:\\x.exe"  ', 'CMDCALLSTART ="new"'));
  });

  it('adds a key to its section, and a section that is not there', () => {
    const ini = parse(bytes(SAMPLE));
    ini.set('Settings', 'cmdCallEnd', 'x');
    assert.equal(text(ini), SAMPLE.replace('[Settings]\r\n', '[Settings]\r\ncmdCallEnd=x\r\n'));
    for (const [before, after] of [
      ['', '[Settings]\r\na=1\r\n'],
      ['[Other]\r\n', '[Other]\r\n[Settings]\r\na=1\r\n'],
      ['[Other]\r\nb=2', '[Other]\r\nb=2\r\n[Settings]\r\na=1\r\n'],
      ['[Settings]', '[Settings]\r\na=1\r\n'],
    ] as const) {
      const bare = parse(bytes(before));
      bare.set('Settings', 'a', '1');
      assert.equal(text(bare), after);
    }
  });

  it('refuses a file that MicroSIP would take for ANSI', () => {
    for (const old of [Buffer.from('[Settings]\r\n'), Buffer.from('\ufeff[Settings]'), Buffer.alloc(0)]) {
      assert.equal(IniFile.parse(old), undefined);
    }
  });

  describe('with any content', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '\r\n',
        '\n',
        '\r',
        '[Settings]',
        '[Other]',
        'key=1',
        'KEY = 2',
        ';',
        '=',
        '"',
        '\0',
        '\ud800',
        'ß',
      ),
      fc.string({ unit: 'binary' }),
    );
    const content = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
    const tail = fc.constantFrom(Buffer.alloc(0), Buffer.from([0x41]));

    it('is the same, byte for byte, when nothing is changed', () => {
      fc.assert(
        fc.property(content, tail, (given, rest) => {
          const whole = Buffer.concat([bytes(given), rest]);
          assert.deepEqual(parse(whole).toBytes(), whole);
        }),
      );
    });

    it('gives back what was set', () => {
      fc.assert(
        fc.property(content, (given) => {
          const ini = parse(bytes(given));
          ini.set('Settings', 'key', '"a=b; c"');
          assert.equal(parse(ini.toBytes()).get('Settings', 'key'), '"a=b; c"');
        }),
      );
    });

    it('is the same again when an added key is taken away or an old value put back', () => {
      fc.assert(
        fc.property(content, (given) => {
          const whole = bytes(`[Settings]\r\n${given}`);
          const ini = parse(whole);
          const raw = ini.get('Settings', 'key');
          ini.set('Settings', 'key', 'other');
          ini.set('Settings', 'key', raw);
          const compact = (buffer: Buffer): string =>
            buffer.toString('utf16le').replace(/(=)\s*|[^\S\r\n]+(?=[\r\n]|$)/g, '$1');
          if (raw === undefined) assert.deepEqual(ini.toBytes(), whole);
          else assert.equal(compact(ini.toBytes()), compact(whole));
        }),
      );
    });
  });
});

describe('ini value', () => {
  it('loses one pair of quotes when it is read', () => {
    for (const [raw, value] of [
      ['"C:\\x.exe a"', 'C:\\x.exe a'],
      ['""C:\\a b\\x.exe" a"', '"C:\\a b\\x.exe" a'],
      ['"C:\\a b\\x.exe" a', '"C:\\a b\\x.exe" a'],
      ["'a'", 'a'],
      ['""', ''],
      ['"', '"'],
      ['', ''],
    ] as const) {
      assert.equal(unquoted(raw), value);
    }
    assert.equal(unquoted(quoted('"a b" c')), '"a b" c');
  });
});
