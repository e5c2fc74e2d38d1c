import assert from 'node:assert/strict';
import { keyOfSameCall, type KnownCall } from '../../../../../src/observers/history/rows/same-call';
import { NOON, row } from '../rows';

const known = (key: string, more: Partial<KnownCall['call']> = {}): KnownCall => ({
  key,
  call: { direction: 'outbound', number: '1001', startTime: NOON * 1000 + 400, ...more },
});
const dialled = row({ id: 1, key: 'a@b', time: NOON });

describe('the known call that a row of the history is about', () => {
  it('is the one with its Call-ID', () => {
    const calls = [known('w1'), known('w2', { sipCallId: 'a@b', number: '5', startTime: 0 })];
    assert.equal(keyOfSameCall(dialled, calls), 'w2');
    assert.equal(keyOfSameCall(dialled, [known('w1'), known('a@b', { startTime: 0 })]), 'a@b');
    assert.equal(keyOfSameCall(dialled, [known('w1', { sipCallId: 'c@d' })]), undefined);
  });

  it('is the one with its number and direction that began at its time', () => {
    assert.equal(keyOfSameCall(dialled, [known('w1', { number: '1002' }), known('w2')]), 'w2');
    assert.equal(keyOfSameCall(dialled, [known('w1', { startTime: NOON * 1000 + 3000 }), known('w2')]), 'w2');
    assert.equal(keyOfSameCall(dialled, [known('w1', { direction: 'inbound' })]), undefined);
    assert.equal(keyOfSameCall(dialled, [known('w1', { startTime: NOON * 1000 + 9000 })]), undefined);
    assert.equal(keyOfSameCall(dialled, []), undefined);
  });

  it('may have its number written in another way', () => {
    const call = row({ id: 1, number: '030123456', time: NOON });
    for (const number of ['0030123456', '+030 123-456', '030123456@example.org', '9030123456']) {
      assert.equal(keyOfSameCall(call, [known('w', { number })]), 'w', number);
    }
    for (const number of ['030123457', '56', 'ada', '']) {
      assert.equal(keyOfSameCall(call, [known('w', { number })]), undefined, number);
    }
  });

  it('is one without a number only when there is no doubt', () => {
    const { direction, startTime } = known('').call;
    const nameless = (key: string): KnownCall => ({ key, call: { startTime, ...(direction && { direction }) } });
    assert.equal(keyOfSameCall(dialled, [nameless('w1'), known('w2', { number: '7' })]), 'w1');
    assert.equal(keyOfSameCall(dialled, [nameless('w1'), known('w2')]), 'w2');
    assert.equal(keyOfSameCall(dialled, [nameless('w1'), nameless('w2')]), undefined);
  });
});
