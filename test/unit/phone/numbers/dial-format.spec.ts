import assert from 'node:assert/strict';
import { dialFormatter } from '../../../../src/phone/numbers/dial-format';

/** Region, as typed, as E.164, national. */
const ROWS: [string, string, string, string][] = [
  ['DE', '03012345678', '+493012345678', '03012345678'],
  ['DE', '+493012345678', '+493012345678', '03012345678'],
  ['DE', '00493012345678', '+493012345678', '03012345678'],
  ['DE', '+12025550143', '+12025550143', '+12025550143'],
  ['US', '2025550143', '+12025550143', '2025550143'],
  ['US', '+12025550143', '+12025550143', '2025550143'],
  // Canada and the USA dial each other like themselves.
  ['US', '+14165550123', '+14165550123', '4165550123'],
  ['US', '+493012345678', '+493012345678', '+493012345678'],
  ['FR', '+33142685300', '+33142685300', '0142685300'],
  ['IT', '+390612345678', '+390612345678', '0612345678'],
  // What comes behind the number is not a part of it.
  ['DE', '03012345678,,12#', '+493012345678,,12#', '03012345678,,12#'],
  // No telephone numbers.
  ['DE', '101', '101', '101'],
  ['DE', '110', '110', '110'],
  ['DE', '*97', '*97', '*97'],
  ['DE', 'alice', 'alice', 'alice'],
  ['DE', '03012345678@example.org', '03012345678@example.org', '03012345678@example.org'],
];

describe('form in which a number is dialled', () => {
  for (const [region, typed, e164, national] of ROWS) {
    it(`${typed} in ${region}: ${e164}, ${national}`, () => {
      const format = dialFormatter(region);
      assert.deepEqual(
        (['typed', 'e164', 'national'] as const).map((form) => format(typed, form)),
        [typed, e164, national],
      );
    });
  }

  it('needs a region, unless it is dialled as typed', () => {
    const format = dialFormatter('');
    assert.equal(format('03012345678', 'typed'), '03012345678');
    assert.throws(() => format('03012345678', 'e164'), { messageKey: 'error.config.no_region' });
  });
});
