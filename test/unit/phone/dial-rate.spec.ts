import assert from 'node:assert/strict';
import { DialRate } from '../../../src/phone/guard/dial-rate';

const REFUSED = { code: 'refused' };

describe('rate of dialling', () => {
  it('is one a second and thirty a minute', () => {
    const rate = new DialRate();
    rate.take(0);
    assert.throws(() => {
      rate.take(999);
    }, REFUSED);
    for (let time = 1000; time < 30_000; time += 1000) rate.take(time);
    assert.throws(() => {
      rate.take(31_000);
    }, REFUSED);
    rate.take(60_000);
  });

  it('is what the settings say', () => {
    const rate = new DialRate({ second: 2, minute: 3 });
    rate.take(0);
    rate.take(1);
    assert.throws(() => {
      rate.take(2);
    }, REFUSED);
    rate.take(1001);
    assert.throws(() => {
      rate.take(5000);
    }, REFUSED);
  });

  it('does not lock a phone whose clock is set back', () => {
    const rate = new DialRate();
    rate.take(1_000_000);
    rate.take(0);
  });
});
