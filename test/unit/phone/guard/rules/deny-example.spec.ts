import assert from 'node:assert/strict';
import { checkRules, compilePatterns } from '../../../../../src/phone/guard/rules/dial-rules';
import { dialTarget } from '../../../../../src/phone/guard/targets/dial-target';
import { readFlow } from '../../../../support/checkout';

const FILE = 'examples/Dial - never dial emergency or premium numbers.json';

const DENIED = [
  ...['112', '0112', '9 911', '999', '000', '1 1 0', 'tel:112'],
  ...['0900 123456', '+49 900 123456', '0049-900-123456', '0137 123456', '(0180) 123456'],
  ...['+43 900 123456', '0041 901 123456', '09011 123456', '+44 871 123456', '1-900-555-0143', '900 555 0143'],
  ...[
    '112@example.org',
    'sip:112@example.org:5070',
    'sip:%31%31%32@example.org',
    '1-1-2@example.org',
    '+49 112',
    '+112',
  ],
  ...['+0049 900 123456', '+0900 123456'],
  ...['*31#112', '#31#0900 123456', '*31#0900 123456', '*67 1 900 555 0143', '**21*0900123456#', '*31#112#'],
  ...['+49 (0)900 123456', '+49 0900 123456', '0049 (0) 137 123456', '011 49 900 123456', '+44 (0)9011 123456'],
  ...[
    '+49-900-123456@example.org',
    'tel:900-123456;phone-context=+49',
    'tel:+49-900-123456;ext=5',
    '＋４９ ９００ １２３',
  ],
  ...['141 09011 123456', '0011 44 871 123456', '+41 (0) 901 123456', '*31#0049900123456', '11\u200e2'],
  ...['*112', '#112', '**112', '*112#', '*#110', '**0900 123456', '11833', '0 11833', '*31#11880', '+49 190 123456'],
  ...['+979 123456', '0088 2161234', '011 870 1234567', '+881 6 12345678'],
];
const ALLOWED = [
  ...['1001', '101', '1120', '030 1125', '+49 30 900 900', '040 9001234', '+1 202 555 0143', '+44 20 7946 0018'],
  ...['alice@example.org', '*97', '+90 212 1234567', '909 555 0143', '810 499 0012', '001 802 555 0143', '**1112'],
  ...['*31#030 123456', '+39 (0)6 698 12345', '1001@example.org', '+49 (0) 30 900 900', '*21*030123456#'],
  ...['**1001', '1180', '030 11833', '*118*1001'],
];
/** What MicroSIP would make one of these numbers of, and what is none. */
const NO_NUMBERS = ['.112', '..110', '.1.1.2', '+.49900123456', '+-49-900-123456', 'sip:.112', '++49900123456'];

describe('the example that never dials emergency or premium numbers', () => {
  const phone = readFlow(FILE).find(({ type }) => type === 'microsip-phone') as { deny: string[] } | undefined;
  const rules = { allow: [], deny: compilePatterns(phone?.deny ?? []) };

  for (const number of DENIED)
    it(`does not dial ${number}`, () => {
      assert.throws(
        () => {
          checkRules(dialTarget(number), rules);
        },
        { code: 'refused' },
      );
    });
  for (const number of NO_NUMBERS)
    it(`does not dial ${number}`, () => {
      assert.throws(() => dialTarget(number), { code: 'invalid_number' });
    });
  for (const number of ALLOWED)
    it(`dials ${number}`, () => {
      checkRules(dialTarget(number), rules);
    });
});
