import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { e164Formatter, isRegion } from '../../../../src/phone/numbers/e164';
import { ROOT } from '../../../support/checkout';
import { processorMs } from '../../../support/processor-ms';

describe('E.164 form', () => {
  for (const [region, number, expected] of [
    // with a country code
    ['', '+4930123456', '+4930123456'],
    ['', '+49 (30) 123-456', '+4930123456'],
    ['', '+49 (0)30 123456', '+4930123456'],
    ['', '(+49) 30 123456', '+4930123456'],
    ['', ' +1.212.555.0100 ', '+12125550100'],
    ['', '+49 30/123456@sip.example.org', '+4930123456'],
    ['', '+442079460018', '+442079460018'],
    ['', '+80012345678', '+80012345678'],
    ['XX', '+4930123456', '+4930123456'],
    ['US', '+4930123456', '+4930123456'],
    ['DE', '0049 30 123456', '+4930123456'],
    ['AT', '0043 1 1234567', '+4311234567'],
    ['US', '011 49 30 123456', '+4930123456'],
    ['AU', '0011 49 30 123456', '+4930123456'],
    // national
    ['DE', '030 123456', '+4930123456'],
    ['de', '0151 12345678', '+4915112345678'],
    ['AT', '01 2345678', '+4312345678'],
    ['CH', '044 668 18 00', '+41446681800'],
    ['GB', '020 7946 0018', '+442079460018'],
    ['FR', '01 23 45 67 89', '+33123456789'],
    ['ES', '912 345 678', '+34912345678'],
    ['IT', '06 1234567', '+39061234567'],
    ['NL', '020 123 4567', '+31201234567'],
    ['DK', '32 12 34 56', '+4532123456'],
    ['RU', '8 (495) 123-45-67', '+74951234567'],
    ['BR', '(11) 96123-4567', '+5511961234567'],
    ['AR', '011 15-2345-6789', '+5491123456789'],
    ['JP', '03-1234-5678', '+81312345678'],
    ['BO', '71234567', '+59171234567'],
    ['US', '(212) 555-0100', '+12125550100'],
    ['US', '1-212-555-0100', '+12125550100'],
    ['GB', '442079460018', '+442079460018'],
    ['DE', '030123456@pbx', '+4930123456'],
    ['DE', '(030)%20123456', '+4930123456'],
    ['', '+49\u00a030\u2013123\u2011456', '+4930123456'],
    // with the code of a telephone company
    ['BR', '011912345678', '+5511912345678'],
    ['BR', '02111912345678', '+5511912345678'],
    ['BR', '0 21 (11) 3456-7890', '+551134567890'],
    ['BR', '11912345678', '+5511912345678'],
    ['CO', '05 601 2345678', '+576012345678'],
    ['KR', '082 2 2212 3456', '+82222123456'],
    ['BR', '0 15 (21) 98765-4321', '+5521987654321'],
    ['CN', '17901 138 1234 5678', '+8613812345678'],
    // without a trunk prefix
    ['CN', '13812345678', '+8613812345678'],
    ['NG', '8021234567', '+2348021234567'],
    ['ID', '81234567890', '+6281234567890'],
    ['AT', '6641234567', '+436641234567'],
    ['HU', '201234567', '+36201234567'],
    ['UA', '501234567', '+380501234567'],
    ['IN', '9876543210', '+919876543210'],
    ['IN', '98765 43210', '+919876543210'],
    ['IN', '0919876543210', '+919876543210'],
    ['IN', '919876543210', '+919876543210'],
    ['IN', '09876543210', '+919876543210'],
    ['DE', '15112345678', '+4915112345678'],
    ['DE', '3012345678', '+493012345678'],
    ['GB', '7400 123456', '+447400123456'],
    ['FR', '612345678', '+33612345678'],
    ['RU', '9161234567', '+79161234567'],
    ['RU', '79161234567', '+79161234567'],
    ['AR', '91123456789', '+5491123456789'],
    ['AU', '412 345 678', '+61412345678'],
    // with a country code that could be the beginning of a number in the country
    ['DE', '4930123456', '+4930123456'],
    ['IT', '3912345678', '+393912345678'],
    // not
    ['', '030 123456', undefined],
    ['', '004930123456', undefined],
    ['', '4930123456', undefined],
    ['XX', '030 123456', undefined],
    ['US', '004930123456', undefined],
    ['DE', '1001', undefined],
    ['DE', '12345', undefined],
    ['DE', '349295', undefined],
    ['DE', '30123456', undefined],
    ['DE', '110', undefined],
    ['DE', '123456', undefined],
    ['AT', '1234567', undefined],
    ['CN', '12345678', undefined],
    ['IN', '23456789', undefined],
    ['BR', '912345678', undefined],
    ['JP', '34567890', undefined],
    ['GB', '7946 0018', undefined],
    ['AU', '9123 4567', undefined],
    ['IN', '12345', undefined],
    ['DE', '00', undefined],
    ['LU', '2001', undefined],
    ['NO', '02001', undefined],
    ['PL', '8868646', undefined],
    ['US', '5550100', undefined],
    ['', '+1001', undefined],
    ['', '+49', undefined],
    ['', '+999123456', undefined],
    ['', '++4930123456', undefined],
    ['', '+1234567890123456', undefined],
    ['DE', '*31#030123456', undefined],
    ['DE', '030123456#', undefined],
    ['DE', '030123456,,12', undefined],
    ['DE', '030123456 ext. 12', undefined],
    ['DE', '030123456x12', undefined],
    ['DE', '030123456;ext=12', undefined],
    ['DE', 'tel:+4930123456', undefined],
    ['DE', 'alice', undefined],
    ['DE', 'alice@example.org', undefined],
    ['DE', '1-800-FLOWERS', undefined],
    ['DE', '٠٣٠١٢٣٤٥٦', undefined],
    ['DE', '', undefined],
    ['DE', '@', undefined],
    ['__proto__', '030 123456', undefined],
  ] as const) {
    it(`"${number}" in "${region}" is ${expected ?? 'nothing'}`, () => {
      assert.equal(e164Formatter(region)(number), expected);
    });
  }

  it('gives + and digits or nothing, whatever it gets', () => {
    const regions = fc.oneof(fc.constantFrom('', 'DE', 'us', 'GB', 'AR', 'PL'), fc.string());
    const numbers = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^[+0-9 ().\-/*#,@x;]{0,45}$/),
      fc.stringMatching(/^(\+|00|0)?[0-9]{3,15}$/),
    );
    fc.assert(
      fc.property(regions, numbers, (region, number) => {
        const result = e164Formatter(region)(number);
        assert.match(result ?? '+1', /^\+[1-9]\d{0,14}$/);
      }),
      { numRuns: 2000 },
    );
  });

  it('takes no long time for a long text', () => {
    const started = processorMs();
    for (const part of ['1', '(', '+', ' ', '1 ', '.-'])
      assert.equal(e164Formatter('DE')(part.repeat(100_000)), undefined);
    assert.ok(processorMs() - started < 5000);
  });
});

describe('region', () => {
  for (const region of ['', 'DE', 'de', 'Us', 'GB']) {
    it(`"${region}" is possible`, () => {
      assert.ok(isRegion(region));
    });
  }
  for (const region of ['XX', 'D', 'DEU', '49', '+49', 'UK', ' DE', 'd\u00e9', '__proto__', '001']) {
    it(`"${region}" is not`, () => {
      assert.ok(!isRegion(region));
    });
  }
});

describe('the numbering plans', () => {
  for (const [what, expression, loads] of [
    ['a number without a country code and a region', "e164Formatter('')('030 123456')", false],
    ['a name', "e164Formatter('DE')('alice@example.org')", false],
    ['an empty region', "isRegion('')", false],
    ['a telephone number', "e164Formatter('')('+4930123456')", true],
  ] as const) {
    it(`are ${loads ? 'loaded' : 'not loaded'} for ${what}`, () => {
      const script = `
        const { e164Formatter, isRegion } = require('./src/phone/numbers/e164');
        ${expression};
        console.log(Object.keys(require.cache).some((file) => file.includes('libphonenumber')));`;
      const answer = execFileSync(process.execPath, ['--require', 'tsx/cjs', '-e', script], {
        cwd: ROOT,
        encoding: 'utf8',
      });
      assert.equal(answer.trim(), String(loads));
    });
  }
});
