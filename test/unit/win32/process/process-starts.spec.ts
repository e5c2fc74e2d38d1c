import assert from 'node:assert/strict';
import { ProcessStarts } from '../../../../src/win32/process/process-starts';
import { FakeClock } from '../../../support/fake-clock';

const HOUR = 3_600_000;

describe('the start of a process', () => {
  it('is as long ago as Windows says when it is seen first, and goes by an even clock from then on', async () => {
    const clock = new FakeClock();
    const starts = new ProcessStarts(clock);
    await clock.pass(10_000);
    const young = { pid: 7, startedAt: clock.wall() - 2_000 };
    assert.deepEqual(starts.of([young]), [8_000]);
    for (const set of [-HOUR, 2 * HOUR, -HOUR]) {
      clock.set(set);
      await clock.pass(1_000);
      assert.deepEqual(starts.of([young, { pid: 8 }]), [8_000, undefined]);
    }
  });

  it('is not in the future, although the clock was set back before it is seen first', async () => {
    const clock = new FakeClock();
    const starts = new ProcessStarts(clock);
    const startedAt = clock.wall();
    await clock.pass(60_000);
    clock.set(-HOUR);
    assert.deepEqual(starts.of([{ pid: 7, startedAt }]), [60_000]);
    await clock.pass(6_000);
    assert.deepEqual(starts.of([{ pid: 7, startedAt }]), [60_000]);
  });

  it('is that of a new process when its number is used again', async () => {
    const clock = new FakeClock();
    const starts = new ProcessStarts(clock);
    await clock.pass(10_000);
    assert.deepEqual(starts.of([{ pid: 7, startedAt: clock.wall() - 9_000 }]), [1_000]);
    assert.deepEqual(starts.of([{ pid: 7, startedAt: clock.wall() - 1_000 }]), [9_000]);
  });
});
