import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hookMessage } from '../../../../src/observers/hooks/hook-message';

const NOW = 1_700_000_000_000;
const hook = { event: 'cmdCallRing', time: NOW - 50, parameter: '1001' };
const given = (change: Record<string, unknown>): string => JSON.stringify({ ...hook, ...change });

describe('hook message', () => {
  it('is a hook, a trial or the wish to watch one', () => {
    assert.deepEqual(hookMessage(given({}), NOW), {
      type: 'hook',
      hook: { name: 'cmdCallRing', time: NOW - 50, parameter: '1001' },
    });
    assert.deepEqual(hookMessage(given({ event: 'trial', parameter: 'a1' }), NOW), { type: 'trial', id: 'a1' });
    assert.deepEqual(hookMessage('{"watch":"a1"}', NOW), { type: 'watch', id: 'a1' });
  });

  for (const [what, line] of Object.entries({
    'no JSON': 'cmdCallRing',
    nothing: '',
    null: 'null',
    'a number': '5',
    'a list': '[]',
    'half of it': given({}).slice(0, 20),
    'an unknown key': given({ event: 'cmdFormat' }),
    'a key of every object': given({ event: 'constructor' }),
    'no key': given({ event: undefined }),
    'a parameter that is no text': given({ parameter: ['1001'] }),
    'no parameter': given({ parameter: undefined }),
    'a huge parameter': given({ parameter: 'x'.repeat(4097) }),
    'a trial without a proper id': given({ event: 'trial', parameter: '../x' }),
    'a watch without a proper id': '{"watch":{}}',
  })) {
    it(`is not ${what}`, () => {
      assert.equal(hookMessage(line, NOW), undefined);
    });
  }

  for (const [what, time] of Object.entries({
    'in the future': NOW + 5,
    'long ago': NOW - 60_000,
    'no number': 'x',
    missing: undefined,
    negative: -1,
  })) {
    it(`is taken to be of now when its time is ${what}`, () => {
      const message = hookMessage(given({ time }), NOW);
      assert.equal(message?.type === 'hook' && message.hook.time, NOW);
    });
  }

  it('is never trouble, whatever the line', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (line) => void hookMessage(line, NOW)));
  });
});
