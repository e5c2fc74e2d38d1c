import assert from 'node:assert/strict';
import metadata from 'libphonenumber-js/metadata.max.json';
import { isRegion, REGIONS } from '../../../../src/editor/checks/regions';
import { isRegion as isUsable } from '../../../../src/phone/numbers/e164';

describe('the countries that the dialog of the phone knows', () => {
  it('are those of the numbering plans', () => {
    assert.deepEqual(REGIONS, Object.keys(metadata.countries).sort());
  });

  for (const value of ['', 'DE', 'de', 'UK', 'ZZ', '4', 'DEU', 'D ', 'AC'])
    it(`takes ${JSON.stringify(value)} when the phone does`, () => {
      assert.equal(isRegion(value), isUsable(value));
    });
});
