import assert from 'node:assert/strict';
import { dtmfParts, type DtmfPart } from '../../../../../src/phone/guard/values/dtmf-digits';
import { PhoneError } from '../../../../../src/phone/errors/phone-error';

/** What an inject node sends that is left as it was. */
const TIME = Date.now();
const ACCEPTED: [unknown, DtmfPart[]][] = [
  ['1', [{ pauseSeconds: 0, digits: '1' }]],
  [42, [{ pauseSeconds: 0, digits: '42' }]],
  [String(TIME), [{ pauseSeconds: 0, digits: String(TIME) }]],
  ['0123456789ABCD*#', [{ pauseSeconds: 0, digits: '0123456789ABCD*#' }]],
  [
    '1,2',
    [
      { pauseSeconds: 0, digits: '1' },
      { pauseSeconds: 1, digits: '2' },
    ],
  ],
  [',,5', [{ pauseSeconds: 2, digits: '5' }]],
  [
    '12,,,34,',
    [
      { pauseSeconds: 0, digits: '12' },
      { pauseSeconds: 3, digits: '34' },
    ],
  ],
];
const REFUSED: unknown[] = [
  '',
  ',',
  ',,',
  undefined,
  null,
  {},
  [],
  true,
  -1,
  1.5,
  NaN,
  TIME,
  'a',
  'E',
  '1 2',
  '1?',
  '1\n',
  '1\u0000',
  '/exit',
  '1;2',
  '📞',
  '\ud800',
  '1'.repeat(256),
  '1'.repeat(10_240),
];

describe('DTMF digits', () => {
  for (const [input, parts] of ACCEPTED) {
    it(`takes ${JSON.stringify(input)}`, () => {
      assert.deepEqual(dtmfParts(input), parts);
    });
  }
  for (const input of REFUSED) {
    it(`refuses ${JSON.stringify(input ?? null).slice(0, 30)}`, () => {
      assert.throws(
        () => dtmfParts(input),
        (error) => error instanceof PhoneError && error.code === 'invalid_digits',
      );
    });
  }
});
