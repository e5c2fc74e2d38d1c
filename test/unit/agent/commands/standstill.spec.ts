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
  const started = (clock: Clock): Standstill => {
    const standstill = new Standstill(clock);
    standstill.start();
    return standstill;
  };

  it('is not old while the process runs, though nothing comes for long', async () => {
    const clock = new FakeClock();
    const standstill = started(clock);
    await clock.pass(3_600_000);
    assert.equal(standstill.mayBeOld, false);
    standstill.stop();
  });

  it('may be old after a sleep, before and after any timer has run, until the old connection is gone', async () => {
    const clock = new SleepingClock();
    const standstill = started(clock);
    clock.slept = 40_000;
    assert.equal(standstill.mayBeOld, true);
    await clock.pass(10_000);
    assert.equal(standstill.mayBeOld, true);
    await clock.pass(10_000);
    assert.equal(standstill.mayBeOld, false);
    clock.slept = 80_000;
    await clock.pass(2000);
    assert.equal(standstill.mayBeOld, true);
    standstill.stop();
  });

  it('is not old on a connection that was made after the sleep', () => {
    const clock = new SleepingClock();
    const standstill = started(clock);
    clock.slept = 40_000;
    standstill.newConnection();
    assert.equal(standstill.mayBeOld, false);
    standstill.stop();
  });
});
