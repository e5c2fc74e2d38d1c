import assert from 'node:assert/strict';
import { SerialQueue, SerialQueues } from '../../src/serial-queue';

describe('a serial queue', () => {
  it('runs one job after the other, also behind one that fails', async () => {
    const queue = new SerialQueue();
    const done: string[] = [];
    const job =
      (name: string, fails = false) =>
      async (): Promise<string> => {
        done.push(`${name} begins`);
        await new Promise(setImmediate);
        done.push(`${name} ends`);
        if (fails) throw new Error(name);
        return name;
      };
    const all = [queue.run(job('a')), queue.run(job('b', true)), queue.run(job('c'))];
    assert.equal(queue.length, 3);
    assert.deepEqual(
      (await Promise.allSettled(all)).map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
    assert.deepEqual(done, ['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
    assert.equal(queue.length, 0);
  });

  it('lets no key wait for another one', async () => {
    const queues = new SerialQueues();
    const done: string[] = [];
    let release = (): void => undefined;
    const held = queues.run('one', () => new Promise<void>((resolve) => (release = resolve)));
    const behind = queues.run('one', () => Promise.resolve(done.push('one')));
    await queues.run('two', () => Promise.resolve(done.push('two')));
    assert.deepEqual(done, ['two']);
    release();
    await Promise.all([held, behind]);
    assert.deepEqual(done, ['two', 'one']);
  });
});
