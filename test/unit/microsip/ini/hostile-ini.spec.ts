import assert from 'node:assert/strict';
import { IniFile, LONGEST_INI } from '../../../../src/microsip/ini/ini-file';
import { unquoted } from '../../../../src/microsip/ini/ini-value';
import { processorMs } from '../../../support/processor-ms';

/** A way that is quadratic takes minutes or more for these; a linear one takes milliseconds. */
const PLENTY = 5_000;

describe('an ini that somebody made to hold us up', () => {
  const MANY = LONGEST_INI / 2 - 20;
  const LINES: [what: string, text: string][] = [
    ['one line of blanks', ' '.repeat(MANY)],
    ['a key of blanks without a sign', `a${' '.repeat(MANY)}`],
    ['a key of blanks with a sign', `a${' '.repeat(MANY)}=1`],
    ['blanks between words', 'a '.repeat(MANY / 2)],
    ['open brackets', '['.repeat(MANY)],
    ['blanks in an open bracket', `[${' '.repeat(MANY)}`],
    ['tabs', '\t'.repeat(MANY)],
    ['signs', '='.repeat(MANY)],
    ['quotes', '"'.repeat(MANY)],
    ['quotes that do not close', `key=${'"'.repeat(MANY)}x`],
    ['semicolons', ';'.repeat(MANY)],
    ['no-break blanks', '\u00a0'.repeat(MANY)],
    ['empty lines', '\n'.repeat(MANY)],
    ['carriage returns', '\r'.repeat(MANY)],
    ['sections', '[Settings]\n'.repeat(MANY / 11)],
    ['surrogates', '\ud800'.repeat(MANY)],
  ];
  for (const [what, text] of LINES)
    it(`by ${what}, does not`, () => {
      const before = processorMs();
      const ini = IniFile.parse(Buffer.from(`\ufeff[Settings]\n${text}`, 'utf16le'));
      assert.equal(ini?.get('Settings', 'cmdCallEnd'), undefined);
      unquoted(text);
      assert.ok(processorMs() - before < PLENTY);
    });
});
