import assert from 'node:assert/strict';
import { DialRate } from '../../../src/phone/guard/dial-rate';

const REFUSED = { code: 'refused' };

function dial(rate: DialRate, time: number): void {
  rate.check(time);
  rate.note(time);
}

describe('rate of dialling', () => {
  it('is one a second and thirty a minute', () => {
    const rate = new DialRate();
    dial(rate, 0);
    assert.throws(() => {
      rate.check(999);
    }, REFUSED);
    for (let time = 1000; time < 30_000; time += 1000) dial(rate, time);
    assert.throws(() => {
      rate.check(31_000);
    }, REFUSED);
    dial(rate, 60_000);
  });

  it('is what the settings say', () => {
    const rate = new DialRate({ second: 2, minute: 3 });
    dial(rate, 0);
    dial(rate, 1);
    assert.throws(() => {
      rate.check(2);
    }, REFUSED);
    dial(rate, 1001);
    assert.throws(() => {
      rate.check(5000);
    }, REFUSED);
  });

  it('does not lock a phone whose clock is set back', () => {
    const rate = new DialRate();
    dial(rate, 1_000_000);
    dial(rate, 0);
  });
});
