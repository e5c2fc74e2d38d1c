import assert from 'node:assert/strict';
import { ClockDifference } from '../../../../src/fleet/reader/clock-difference';

const HOUR = 3_600_000;

describe("what is known of an agent's clock", () => {
  it('is what an answer says, also when the clock was set', () => {
    const difference = new ClockDifference();
    difference.answered(HOUR + 50, 0, 100);
    assert.equal(difference.ms, HOUR);
    for (const off of [0, -HOUR, HOUR]) {
      difference.answered(off + 50, 0, 100);
      assert.ok(Math.abs(difference.ms - off) <= 50, `${difference.ms} ms`);
    }
  });

  it('does not become less exact by an answer that took long', () => {
    const difference = new ClockDifference();
    difference.answered(HOUR + 5, 0, 10);
    difference.answered(HOUR + 20_000, 10_000, 20_000);
    assert.equal(difference.ms, HOUR);
  });
});
