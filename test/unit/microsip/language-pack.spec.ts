import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inEnglish, languagePackIn, languagePackInSync, parseLanguagePack } from '../../../src/microsip/language-pack';
import { registrationOf } from '../../../src/observers/window/texts/registration-text';
import { skipBecause } from '../../support/skip';

const lines = (...all: string[]): string => all.join('\r\n');
const utf8 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf8');

/** What MicroSIP's packs say for Online, Idle, Do Not Disturb and Declined. */
const PACKS: Record<string, [string, string, string, string]> = {
  de: ['Online', 'Inaktiv', 'Bitte nicht stören', 'Abgelehnt'],
  es: ['En línea', 'Inactivo', 'No Molestar', 'Rechazado'],
  fr: ['Disponible', 'Inactif', 'Ne pas déranger', 'Refusé'],
  'pt-BR': ['Online', 'Parado', 'Não Perturbe', 'Recusada'],
  ru: ['Онлайн', 'Свободен', 'Не беспокоить', 'Вызов отклонен'],
  ja: ['オンライン', 'アイドル状態', '応答不可', '着信拒否済み'],
  zh: ['在线', '闲置的', '请勿打扰', '已拒绝'],
};
const packOf = ([online, idle, dnd, declined]: [string, string, string, string]): string =>
  lines('Language Pack', '[Online]', online, '[Idle]', idle, '[Do Not Disturb]', dnd, '[Declined]', declined, '');

describe('language pack of MicroSIP', () => {
  for (const [language, texts] of Object.entries(PACKS)) {
    it(`${language} is translated back`, () => {
      const pack = parseLanguagePack(utf8(packOf(texts)), 'windows-1252');
      assert.ok(pack);
      assert.deepEqual(
        texts.map((text) => inEnglish(pack, text)),
        [['Online'], ['Idle'], ['Do Not Disturb'], ['Declined']],
      );
      assert.deepEqual(
        texts.slice(0, 3).map((text) => inEnglish(pack, text).map((english) => registrationOf(english)?.state)),
        [['registered'], ['none'], ['registered']],
      );
    });
  }

  it('may be written in the encoding of the computer', () => {
    const russian = Buffer.concat([
      Buffer.from('Language Pack\r\n[Online]\r\n', 'latin1'),
      Buffer.from([0xce, 0xed, 0xeb, 0xe0, 0xe9, 0xed]),
    ]);
    assert.deepEqual([...(parseLanguagePack(russian, 'windows-1251') ?? [])], [['Онлайн', ['Online']]]);
    const german = Buffer.from('Language Pack\n[Do Not Disturb]\nBitte nicht st\u00f6ren\n', 'latin1');
    assert.deepEqual(
      [...(parseLanguagePack(german, 'windows-1252') ?? [])],
      [['Bitte nicht stören', ['Do Not Disturb']]],
    );
  });

  it('says what texts mean that MicroSIP has put together', () => {
    const text = lines(
      'Language Pack',
      '[Online]',
      'An',
      '[Auto Answer]',
      'Selbst',
      '[Connecting]',
      'Verbinde',
      '[Server error]',
      'Fehler',
    );
    const pack = parseLanguagePack(utf8(text), 'windows-1252');
    assert.ok(pack);
    assert.deepEqual(inEnglish(pack, 'An (Selbst)'), ['Online (Auto Answer)']);
    assert.deepEqual(inEnglish(pack, 'Verbinde...'), ['Connecting...']);
    assert.deepEqual(inEnglish(pack, 'Fehler (503). Service Unavailable'), ['Server error (503). Service Unavailable']);
    assert.deepEqual(inEnglish(pack, 'An (anders)'), []);
    assert.deepEqual(inEnglish(pack, 'constructor'), []);
  });

  it('tells all that one translation may mean', () => {
    const pack = parseLanguagePack(utf8(lines('Language Pack', '[Offline]', 'Aus', '[Away]', 'Aus')), 'windows-1252');
    assert.ok(pack);
    assert.deepEqual(inEnglish(pack, 'Aus'), ['Offline', 'Away']);
  });

  it('keeps few meanings of a text and few texts, however many somebody has put in', () => {
    const same = Array.from({ length: 300 }, (_, i) => `[a${i}]\nb\n[c${i}]\nd\n`).join('');
    const others = Array.from({ length: 20_000 }, (_, i) => `[x]\n${i}\n`).join('');
    const pack = parseLanguagePack(Buffer.from(`Language Pack\n${same}${others}`), 'windows-1252') ?? assert.fail();
    assert.ok(pack.size <= 5000);
    assert.ok(inEnglish(pack, 'b (d)').length <= 100);
    assert.ok(inEnglish(pack, 'b').includes('a0'));
  });

  it('is nothing when it is not one, and a line without a translation has none', () => {
    assert.equal(parseLanguagePack(utf8('[Online]\r\nAn'), 'windows-1252'), undefined);
    assert.equal(parseLanguagePack(Buffer.alloc(0), 'windows-1252'), undefined);
    const pack = parseLanguagePack(utf8(lines('Language Pack', '[Online]', '[Idle]', 'Aus', 'more')), 'windows-1252');
    assert.deepEqual([...(pack ?? [])], [['Aus', ['Idle']]]);
  });

  describe('beside the program', () => {
    const folder = mkdtempSync(join(tmpdir(), 'langpack-'));
    after(() => {
      rmSync(folder, { recursive: true, force: true });
    });

    it('is the first of several', async () => {
      writeFileSync(join(folder, 'langpack_b.txt'), utf8(lines('Language Pack', '[Online]', 'B')));
      writeFileSync(join(folder, 'LANGPACK_a.TXT'), utf8(lines('Language Pack', '[Online]', 'A')));
      assert.deepEqual([...((await languagePackIn(folder, 'windows-1252')) ?? [])], [['A', ['Online']]]);
      assert.deepEqual([...(languagePackInSync(folder, 'windows-1252') ?? [])], [['A', ['Online']]]);
    });

    it('is not read when it is no regular file, too large or not there', async function () {
      assert.equal(await languagePackIn(join(folder, 'nowhere'), 'windows-1252'), undefined);
      const large = join(folder, 'large');
      mkdirSync(large);
      writeFileSync(join(large, 'langpack_x.txt'), utf8(`Language Pack\r\n${'x'.repeat(1_100_000)}`));
      assert.equal(await languagePackIn(large, 'windows-1252'), undefined);
      assert.equal(languagePackInSync(large, 'windows-1252'), undefined);
      if (process.platform === 'win32') skipBecause(this, 'Windows has no such files');
      const pipe = join(folder, 'pipe');
      mkdirSync(pipe);
      execFileSync('mkfifo', [join(pipe, 'langpack_x.txt')]);
      assert.equal(await languagePackIn(pipe, 'windows-1252'), undefined);
      assert.equal(languagePackInSync(pipe, 'windows-1252'), undefined);
    });
  });
});
