import assert from 'node:assert/strict';
import fc from 'fast-check';
import { HookCorrelator } from '../../../../src/observers/hooks/hook-correlator';
import { HOOK_NAMES, type Hook } from '../../../../src/microsip/hook-names';
import type { Observation } from '../../../../src/phone/ports/observation';

const DAY = 24 * 3_600_000;

/** Any hooks in any order, also late, repeated and from parties that look alike. */
const hooks: fc.Arbitrary<Hook[]> = fc.array(
  fc.record({
    name: fc.constantFrom(...HOOK_NAMES),
    time: fc.integer({ min: 0, max: 300_000 }),
    parameter: fc.constantFrom('', '1001', '1002', 'pbx.example'),
  }),
  { maxLength: 60 },
);
const mode = fc.constantFrom(true, false, undefined);

describe('hook correlator, any hooks in any order', () => {
  it('ends each call once, after it began, uses no key again and leaves nothing open for ever', () => {
    fc.assert(
      fc.property(hooks, mode, (given, singleMode) => {
        const correlator = new HookCorrelator(7);
        const seen = given.flatMap((hook) => correlator.take(hook, singleMode));
        assert.deepEqual(stillOpen([...seen, ...correlator.passTime(300_000 + DAY)]), []);
        assert.equal(correlator.nextDeadline, undefined);
        assertTimesRise(seen);
      }),
      { numRuns: 500 },
    );
  });

  it('an invitation or an end begins no call', () => {
    fc.assert(
      fc.property(hooks, mode, (given, singleMode) => {
        const correlator = new HookCorrelator();
        const names = ['cmdIncomingCall', 'cmdCallEnd', 'cmdCallBusy'];
        const seen = given
          .filter(({ name }) => names.includes(name))
          .flatMap((hook) => correlator.take(hook, singleMode));
        assert.deepEqual(seen, []);
      }),
    );
  });

  it('the very same hooks again change nothing', () => {
    fc.assert(
      fc.property(hooks, mode, (given, singleMode) => {
        const once = new HookCorrelator();
        const twice = new HookCorrelator();
        for (const hook of given) {
          const expected = once.take(hook, singleMode);
          assert.deepEqual(twice.take(hook, singleMode), expected);
          assert.deepEqual(twice.take(hook, singleMode), []);
        }
      }),
    );
  });
});

function stillOpen(seen: readonly Observation[]): string[] {
  const open = new Set<string>();
  const over = new Set<string>();
  for (const one of seen) {
    if (one.type === 'call') {
      assert.ok(!over.has(one.key), `${one.key} came again after its end`);
      open.add(one.key);
    } else if (one.type === 'call_ended') {
      assert.ok(open.delete(one.key), `${one.key} ended without having begun, or twice`);
      over.add(one.key);
    }
  }
  return [...open];
}

function assertTimesRise(seen: readonly Observation[]): void {
  for (const [index, { time }] of seen.entries()) assert.ok(time >= (seen[index - 1]?.time ?? 0));
}
