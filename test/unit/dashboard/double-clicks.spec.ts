import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { DoubleClicks } from '../../../packages/dashboard/ui/model/double-clicks';

const MS = 50;

describe('double clicks on the dashboard', () => {
  it('give a command once, which may be given again later, and each key of the key pad', async () => {
    const clicks = new DoubleClicks(MS);
    const given: unknown[] = [];
    const give = (command: Record<string, unknown>): Promise<boolean> =>
      clicks.run(command, () => {
        given.push(command['number'] ?? command['digits']);
        return Promise.resolve(true);
      });
    const twice = [give({ type: 'dial', number: '1001' }), give({ type: 'dial', number: '1001' })];
    assert.deepEqual(await Promise.all(twice), [true, true]);
    assert.deepEqual(given, ['1001']);
    await sleep(2 * MS);
    await give({ type: 'dial', number: '1001' });
    await Promise.all([give({ type: 'dtmf', digits: '1' }), give({ type: 'dtmf', digits: '1' })]);
    assert.deepEqual(given, ['1001', '1001', '1', '1']);
  });

  it('do not keep somebody from trying again who got no answer', async () => {
    const clicks = new DoubleClicks(MS);
    let tries = 0;
    const ask = (): Promise<boolean> => ((tries += 1), new Promise<boolean>(() => undefined));
    void clicks.run({ type: 'hangup' }, ask);
    await sleep(2 * MS);
    void clicks.run({ type: 'hangup' }, ask);
    assert.equal(tries, 2);
  });
});
