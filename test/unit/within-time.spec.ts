import assert from 'node:assert/strict';
import { withinTime } from '../../src/within-time';
import { FakeClock } from '../support/fake-clock';

const never = new Promise<string>(() => undefined);

describe('work within a time', () => {
  let clock: FakeClock;

  beforeEach(() => (clock = new FakeClock()));

  it('gives what came in time', async () => {
    assert.equal(await withinTime(Promise.resolve('done'), 0, { clock }), 'done');
  });

  it('fails as the work fails', async () => {
    await assert.rejects(withinTime(Promise.reject(new Error('broken')), 10, { clock }), { message: 'broken' });
  });

  it('is waited for no longer', async () => {
    const answer = withinTime(never, 1000, { clock }).then(() => 'late');
    await clock.pass(999);
    assert.equal(await Promise.race([answer, Promise.resolve('waiting')]), 'waiting');
    await clock.pass(1);
    assert.equal(await answer, 'late');
  });

  it('may have something else come instead, or an error', async () => {
    const instead = withinTime(never, 10, { clock, late: () => 'instead' });
    const failed = withinTime(never, 10, { clock, late: () => Promise.reject(new Error('too late')) });
    const both = Promise.allSettled([instead, failed]);
    await clock.pass(10);
    const [one, other] = await both;
    assert.deepEqual(one, { status: 'fulfilled', value: 'instead' });
    assert.equal(other.status === 'rejected' && String(other.reason), 'Error: too late');
  });
});
