import assert from 'node:assert/strict';
import { Standstill } from '../../../../src/agent/commands/standstill';
import type { Clock } from '../../../../src/clock';
import { FakeClock } from '../../../support/fake-clock';

/** Its timers do not run while the process stands still. */
class SleepingClock extends FakeClock {
  slept = 0;

  override monotonic(): number {
    return super.monotonic() + this.slept;
  }
}

describe('what is received', () => {
  const started = (clock: Clock): { standstill: Standstill; isOld: () => boolean } => {
    const standstill = new Standstill(clock);
    standstill.start();
    const since = standstill.now();
    return { standstill, isOld: () => standstill.mayBeOld(since) };
  };

  it('is not old while the process runs, though nothing comes for long', async () => {
    const clock = new FakeClock();
    const { standstill, isOld } = started(clock);
    await clock.pass(3_600_000);
    assert.equal(isOld(), false);
    standstill.stop();
  });

  it('may be old after a sleep, before and after any timer has run, until the old connection is gone', async () => {
    const clock = new SleepingClock();
    const { standstill, isOld } = started(clock);
    clock.slept = 40_000;
    assert.equal(isOld(), true);
    await clock.pass(10_000);
    assert.equal(isOld(), true);
    await clock.pass(10_000);
    assert.equal(isOld(), false);
    clock.slept = 80_000;
    await clock.pass(2000);
    assert.equal(isOld(), true);
    standstill.stop();
  });

  it('is not old on a connection that was made after the sleep, and may be on another one', () => {
    const clock = new SleepingClock();
    const { standstill, isOld } = started(clock);
    clock.slept = 40_000;
    const since = standstill.now();
    assert.deepEqual([standstill.mayBeOld(since), isOld()], [false, true]);
    standstill.stop();
  });
});
