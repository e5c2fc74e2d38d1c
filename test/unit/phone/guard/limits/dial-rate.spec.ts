import assert from 'node:assert/strict';
import { DialRate } from '../../../../../src/phone/guard/limits/dial-rate';

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

  it('counts messages too, in the same second', () => {
    const rate = new DialRate();
    rate.note(0, 'message');
    for (const kind of ['dial', 'message'] as const)
      assert.throws(() => {
        rate.check(999, kind);
      }, REFUSED);
    rate.check(1000, 'message');
  });

  it('counts transfers, but sends on a call that was only just dialled', () => {
    const rate = new DialRate({ second: 1, minute: 3 });
    rate.note(0, 'dial');
    rate.check(1, 'transfer');
    rate.note(1, 'transfer');
    assert.throws(() => {
      rate.check(2, 'transfer');
    }, REFUSED);
    rate.check(1001, 'transfer');
    rate.note(1001, 'transfer');
    assert.throws(() => {
      rate.check(30_000, 'dial');
    }, REFUSED);
  });

  it('does not count what could not be sent', () => {
    const rate = new DialRate();
    const takeBack = rate.note(0);
    takeBack();
    takeBack();
    rate.check(1);
  });
});
