import assert from 'node:assert/strict';
import { joinedNumber, userPart } from '../../../../src/phone/numbers/user-part';
import { processorMs } from '../../../support/processor-ms';

describe('number in a user part', () => {
  for (const [text, number, joined] of [
    ['+15145550100', '+15145550100', undefined],
    ['+15145550100;verstat=TN-Validation-Passed', '+15145550100', undefined],
    ['+15145550100;npdi;rn=+15145550000', '+15145550100', undefined],
    ['+15145550100;cpc=ordinary;isub=12;isub-encoding=nsap-ia5', '+15145550100', undefined],
    ['5145550100;tgrp=a-b;trunk-context=x.example', '5145550100', undefined],
    ['+15145550100%3Bverstat%3DNo-TN-Validation', '+15145550100', undefined],
    ['%2B15145550100%3bcpc=payphone', '+15145550100', undefined],
    ['+15145550100;', '+15145550100', undefined],
    ['+15145550100;what ever="x;y"', '+15145550100', undefined],
    ['*31#030123456;cpc=x', '*31#030123456', undefined],
    ['alice;day=tuesday', 'alice', undefined],
    ['030123456;phone-context=+49', '030123456', '+49030123456'],
    ['030123456;ISUB=1;PHONE-CONTEXT=+49', '030123456', '+49030123456'],
    ['030123456%3Bphone-context%3D%2B49', '030123456', '+49030123456'],
    ['123-456;phone-context=+49-30', '123-456', '+4930123456'],
    ['+4930123456;phone-context=+1', '+4930123456', undefined],
    ['1001;phone-context=ims.example', '1001', undefined],
    ['1001;phone-context=+', '1001', undefined],
    // Names with a semicolon.
    [';x', ';x', undefined],
    ['Bond; James', 'Bond; James', undefined],
    ['', '', undefined],
  ] as const) {
    it(`of ${text} is ${number}${joined === undefined ? '' : `, which is ${joined}`}`, () => {
      const part = userPart(text);
      assert.equal(part.number, number);
      assert.equal(joinedNumber(part), joined);
    });
  }

  it('takes no long time for a long text', () => {
    const started = processorMs();
    for (const part of [';', ';a', ';a=', '%3B', '1;']) userPart(part.repeat(100_000));
    assert.ok(processorMs() - started < 5000);
  });
});
