import assert from 'node:assert/strict';
import { askFolder } from '../../../src/observers/recordings/folder-question';
import { FakeClock } from '../../support/fake-clock';

describe('a folder of recordings that does not answer', () => {
  it('is asked once, until it answers', async () => {
    const clock = new FakeClock();
    let asked = 0;
    let answer: (text: string) => void = () => undefined;
    const ask = (): Promise<string> => {
      asked += 1;
      return new Promise((resolve) => {
        answer = resolve;
      });
    };
    const first = askFolder('\\\\nas\\calls', ask, clock);
    await clock.through(first);
    assert.equal(await first, undefined);
    for (let count = 0; count < 10; count += 1) assert.equal(await askFolder('\\\\nas\\calls', ask, clock), undefined);
    assert.equal(asked, 1);
    assert.equal(await askFolder('C:\\calls', () => Promise.resolve('there'), clock), 'there');
    answer('late');
    await clock.pass(0);
    assert.equal(await askFolder('\\\\nas\\calls', () => Promise.resolve('again'), clock), 'again');
    assert.equal(await askFolder('\\\\nas\\calls', () => Promise.reject<string>(new Error('no')), clock), undefined);
    assert.equal(await askFolder('\\\\nas\\calls', () => Promise.resolve('again'), clock), 'again');
  });
});
