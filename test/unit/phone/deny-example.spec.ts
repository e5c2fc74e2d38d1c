import assert from 'node:assert/strict';
import { checkRules, compilePatterns } from '../../../src/phone/guard/dial-rules';
import { dialTarget } from '../../../src/phone/guard/dial-target';
import { readFlow } from '../../support/checkout';

const FILE = 'examples/Dial - never dial emergency or premium numbers.json';

const DENIED = [
  ...['112', '0112', '9 911', '999', '000', '1 1 0', 'tel:112'],
  ...['0900 123456', '+49 900 123456', '0049-900-123456', '0137 123456', '(0180) 123456'],
  ...['+43 900 123456', '0041 901 123456', '09011 123456', '+44 871 123456', '1-900-555-0143', '900 555 0143'],
  ...['+979 123456', '0088 2161234', '011 870 1234567', '+881 6 12345678'],
];
const ALLOWED = [
  ...['1001', '101', '1120', '030 1125', '+49 30 900 900', '040 9001234', '+1 202 555 0143', '+44 20 7946 0018'],
  ...['alice@example.org', '*97', '+90 212 1234567'],
];

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
  for (const number of ALLOWED)
    it(`dials ${number}`, () => {
      checkRules(dialTarget(number), rules);
    });
});
