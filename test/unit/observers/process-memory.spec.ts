import assert from 'node:assert/strict';
import type { WindowSnapshot } from '../../../src/microsip/window-snapshot';
import { memoryOf, processMemory } from '../../../src/observers/process-memory';

const of = (pid?: number): WindowSnapshot => ({
  ...{ time: 1, presence: pid === undefined ? 'absent' : 'ready', rings: [] },
  ...(pid !== undefined && { pid, startedAt: 5 }),
});

describe('what is left of the calls of a process', () => {
  const left = processMemory(of(7), [{ key: 'a' }], 100, undefined);

  it('is for the same process only', () => {
    assert.deepEqual(memoryOf(left, of(7))?.calls, [{ key: 'a' }]);
    assert.equal(memoryOf(left, of(8)), undefined);
    assert.equal(memoryOf(left, of()), undefined);
    assert.equal(memoryOf(undefined, of()), undefined);
  });

  it('does not change with the calls', () => {
    const call = { key: 'a', state: 'ringing' };
    const memory = processMemory(of(7), [call], 100, undefined);
    call.state = 'connected';
    assert.deepEqual(memory?.calls, [{ key: 'a', state: 'ringing' }]);
  });

  it('goes on as long as no process has been met, and ends with its calls', () => {
    assert.equal(processMemory(undefined, [], 200, left), left);
    assert.equal(processMemory(of(), [], 200, left), left);
    assert.equal(processMemory(of(7), [], 200, left), undefined);
    assert.equal(processMemory(of(8), [], 200, left), undefined);
  });
});
