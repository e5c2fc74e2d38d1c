import assert from 'node:assert/strict';
import fc from 'fast-check';
import { WindowInterpreter } from '../../../../src/observers/window/window-interpreter';
import { options, snapshot, type Shown } from './snapshots';

const PARTIES = ['Ada – 4711', 'Bob – 4722', '200'];
const RINGS = ['ringA|Ada|4711@x\r\n\r\nTo: 1@x', 'ringB|Bob|4722@x\r\n\r\nTo: 1@x'];

const shown: fc.Arbitrary<Shown> = fc.record({
  presence: fc.constantFrom('ready', 'ready', 'ready', 'ready', 'hung', 'starting', 'absent'),
  tab: fc.constantFrom('none', 'ringing', 'dialing', 'alerting', 'connected', 'held'),
  title: fc.constantFrom('', ...PARTIES),
  status: fc.constantFrom('Online', 'Ringing', 'Connecting...', 'Connected 0:05', 'Connected (2)', 'Hold 0:01 / 0:09'),
  rings: fc.subarray(RINGS),
  multi: fc.boolean(),
  dialerCall: fc.boolean(),
});
const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 4000 }), shown), { maxLength: 40 });

describe('window interpreter: whatever is shown', () => {
  it('calls begin before they end, end once, and none is left when nothing is shown any more', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const interpreter = new WindowInterpreter(options());
        const open = new Set<string>();
        // A ringing window has a key of its own, so an ended one may only come back where a test lets it.
        const endedLines = new Set<string>();
        let time = 0;
        const idle: Shown = {
          presence: 'ready',
          tab: 'none',
          title: '',
          status: 'Online',
          rings: [],
          dialerCall: false,
        };
        const rest = Array.from({ length: 100 }, (): [number, Shown] => [4000, idle]);
        for (const [after, one] of [...all, ...rest]) {
          time += after;
          const { observations, lookAgainIn } = interpreter.look(snapshot(one, time), time);
          assert.ok(lookAgainIn === undefined || lookAgainIn >= 1);
          for (const seen of observations) {
            assert.equal(seen.time, time);
            if (seen.type === 'presence' && (seen.presence === 'absent' || seen.presence === 'starting')) open.clear();
            if (seen.type === 'call') {
              assert.ok(!endedLines.has(seen.key), `${seen.key} comes back`);
              open.add(seen.key);
            }
            if (seen.type === 'call_ended') {
              assert.ok(open.delete(seen.key), `${seen.key} ends without having begun`);
              if (seen.key.startsWith('line')) endedLines.add(seen.key);
            }
          }
        }
        assert.deepEqual([...open], []);
      }),
      { numRuns: 500 },
    );
  });

  it('looks that see nothing new tell nothing new', () => {
    fc.assert(
      fc.property(steps, shown, (all, last) => {
        const interpreter = new WindowInterpreter(options());
        let time = 0;
        for (const [after, one] of all) interpreter.look(snapshot(one, (time += after)), time);
        for (let looks = 0; looks < 60; looks += 1) interpreter.look(snapshot(last, (time += 4000)), time);
        assert.deepEqual(interpreter.look(snapshot(last, (time += 1000)), time).observations, []);
      }),
      { numRuns: 300 },
    );
  });
});
