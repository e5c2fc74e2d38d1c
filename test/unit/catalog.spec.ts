import assert from 'node:assert/strict';
import { Catalog, nearestLanguage } from '../../src/catalog';

describe('the texts without Node-RED', () => {
  for (const [wanted, language] of [
    ['de', 'de'],
    ['de-AT', 'de'],
    ['es', 'es-ES'],
    ['es-MX', 'es-ES'],
    ['pt-PT', 'pt-BR'],
    ['en-GB', 'en-US'],
    ['nl', 'en-US'],
    ['', 'en-US'],
  ] as const) {
    it(`are in ${language} for somebody who speaks "${wanted}"`, () => {
      assert.equal(nearestLanguage(wanted), language);
    });
  }

  it('are in English unless another language is wanted', () => {
    assert.equal(new Catalog('doctor.json').text('show.log.off'), 'Log: off');
    assert.notEqual(new Catalog('doctor.json', 'de').text('show.log.off'), 'Log: off');
  });
});
