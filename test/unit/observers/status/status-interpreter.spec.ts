import assert from 'node:assert/strict';
import fc from 'fast-check';
import { StatusInterpreter } from '../../../../src/observers/status/status-interpreter';

const words = (samples: [number, string?][]) => {
  const interpreter = new StatusInterpreter();
  return samples
    .flatMap(([status, number], time) => interpreter.look(status, number, time))
    .map((seen) => (seen.type === 'call' ? `${seen.key} ${seen.state}` : seen.type));
};

describe('status interpreter', () => {
  it('follows a call, each change once', () => {
    assert.deepEqual(words([[0], [1], [1], [2], [3], [2], [4], [0]]), [
      'status-1 ringing',
      'status-1 connected',
      'status-1 held',
      'status-1 connected',
      'call_ended',
    ]);
  });

  it('tells a new call by its ringing or its number', () => {
    assert.deepEqual(words([[2], [1]]), ['status-1 connected', 'call_ended', 'status-2 ringing']);
    assert.deepEqual(words([[2, '1'], [2], [2, '2']]), ['status-1 connected', 'call_ended', 'status-2 connected']);
  });

  it('gives every call one end, whatever is sampled', () => {
    const sample = fc.tuple(fc.integer({ min: -1, max: 6 }), fc.option(fc.constantFrom('1', '2'), { nil: undefined }));
    fc.assert(
      fc.property(fc.array(sample), (samples) => {
        const interpreter = new StatusInterpreter();
        const over = new Set<string>();
        let open: string | undefined;
        [...samples, [0, undefined] as const].forEach(([status, number], time) => {
          for (const seen of interpreter.look(status, number, time)) {
            assert.ok((seen.type === 'call' || seen.type === 'call_ended') && seen.inferred);
            assert.ok(!over.has(seen.key) && (open ?? seen.key) === seen.key);
            open = seen.type === 'call' ? seen.key : undefined;
            if (!open) over.add(seen.key);
          }
        });
        assert.equal(open, undefined);
      }),
    );
  });
});
