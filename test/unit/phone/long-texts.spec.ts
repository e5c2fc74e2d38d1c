import assert from 'node:assert/strict';
import { dialTarget } from '../../../src/phone/guard/targets/dial-target';
import { parseText } from '../../../src/simulator/commands/command-parser';
import { processorMs } from '../../support/processor-ms';

/** What is quadratic takes half a minute and more for these; what is linear takes milliseconds. */
const PLENTY = 5_000;
const LENGTH = 200_000;

describe('a long text in place of a number', () => {
  for (const unit of [
    ' ',
    '\t',
    '\u00a0',
    '\u200b',
    '1',
    '1 ',
    '<',
    '"',
    '@',
    ';',
    ',',
    '.',
    '%',
    'sip:',
    '1;x=',
    '\ud800',
  ])
    it(`of ${JSON.stringify(unit)} does not hold up the flows`, () => {
      const before = processorMs();
      for (const text of [`x${unit.repeat(LENGTH / unit.length)}<`, `1${unit.repeat(LENGTH / unit.length)}x`]) {
        assert.throws(() => dialTarget(text), { code: 'invalid_number' });
        parseText(text);
      }
      assert.ok(processorMs() - before < PLENTY);
    });
});
