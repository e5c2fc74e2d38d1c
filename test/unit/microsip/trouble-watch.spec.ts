import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TROUBLE_LASTS, TroubleWatch, type Shown } from '../../../src/microsip/trouble-watch';

const READY: Shown = { presence: 'ready', pid: 1 };
const HUNG: Shown = { presence: 'hung', pid: 1 };
const ABSENT: Shown = { presence: 'absent' };
const boxed = (title = 'MicroSIP', presence: Shown['presence'] = 'ready'): Shown => ({
  presence,
  pid: 1,
  box: { title },
});

/** `100 box blocked MicroSIP`, `300 box`: when what was told. */
function told(...looks: (readonly [at: number, shown: Shown])[]): string[] {
  const watch = new TroubleWatch('window');
  return looks.flatMap(([at, shown]) =>
    watch
      .look(shown, at)
      .observations.map(({ time, cause, problem, problemText }) =>
        [time, cause, problem, problem === 'blocked' && problemText].filter((part) => part || part === 0).join(' '),
      ),
  );
}

describe('the watch for what keeps MicroSIP from working', () => {
  it('tells of a box that waits for a second, and when it is gone', () => {
    assert.deepEqual(
      told([0, READY], [100, boxed()], [1099, boxed()], [1100, boxed()], [1200, boxed()], [1300, READY]),
      ['1100 box blocked MicroSIP', '1300 box'],
    );
  });

  it('says when it wants to look again', () => {
    const watch = new TroubleWatch('window');
    assert.equal(watch.look(READY, 0).lookAgainIn, undefined);
    assert.equal(watch.look(boxed(), 100).lookAgainIn, TROUBLE_LASTS);
    assert.equal(watch.look(boxed(), 700).lookAgainIn, 400);
    assert.equal(watch.look(boxed(), 1100).lookAgainIn, undefined);
  });

  it('tells nothing of what is gone within a moment', () => {
    assert.deepEqual(told([0, READY], [100, boxed()], [900, READY], [1500, HUNG], [2400, READY]), []);
  });

  it('tells of a box that was there first, and of another one in its place', () => {
    assert.deepEqual(told([0, boxed()], [1000, boxed()], [2000, boxed('Update')], [2100, boxed('Update')]), [
      '1000 box blocked MicroSIP',
      '2000 box blocked Update',
    ]);
  });

  it('tells of a hang, but not of a MicroSIP that is only starting', () => {
    assert.deepEqual(told([0, READY], [10, HUNG], [1010, HUNG], [2000, READY]), ['1010 hang timeout', '2000 hang']);
    assert.deepEqual(told([0, { presence: 'starting', pid: 1 }], [10, HUNG], [9000, HUNG]), []);
    assert.deepEqual(told([0, ABSENT], [10, HUNG], [9000, HUNG]), []);
    assert.deepEqual(told([0, READY], [10, { ...HUNG, pid: 2 }], [9000, { ...HUNG, pid: 2 }]), []);
  });

  it('tells of a hang that was there first', () => {
    assert.deepEqual(told([0, HUNG], [1000, HUNG], [2000, READY]), ['1000 hang timeout', '2000 hang']);
    assert.deepEqual(told([0, { presence: 'hung' }], [1000, { presence: 'hung' }]), ['1000 hang timeout']);
  });

  it('tells of a box at the start, which keeps the SIP stack down', () => {
    assert.deepEqual(told([0, boxed('MicroSIP', 'starting')], [1000, boxed('MicroSIP', 'starting')]), [
      '1000 box blocked MicroSIP',
    ]);
  });

  it('with MicroSIP everything is over, and another one is looked at anew', () => {
    assert.deepEqual(told([0, boxed()], [1000, boxed()], [1500, ABSENT]), ['1000 box blocked MicroSIP', '1500 box']);
    const other = { ...boxed(), pid: 2 };
    assert.deepEqual(told([0, boxed()], [1000, boxed()], [1500, other], [2499, other], [2500, other]), [
      '1000 box blocked MicroSIP',
      '2500 box blocked MicroSIP',
    ]);
  });

  it('never ends what it has not begun, and never begins what has not lasted', () => {
    const shown = fc.constantFrom<Shown>(READY, HUNG, ABSENT, boxed(), boxed('Other'), boxed('', 'hung'));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 1500 }), shown), { maxLength: 40 }), (steps) => {
        const watch = new TroubleWatch('window');
        const open = new Map<string, boolean>();
        const since = new Map<string, number>();
        let time = 0;
        for (const [wait, now] of steps) {
          time += wait;
          const stands = { box: now.presence !== 'absent' && now.box !== undefined, hang: now.presence === 'hung' };
          for (const [cause, does] of Object.entries(stands)) {
            if (!does) since.delete(cause);
            else if (!since.has(cause)) since.set(cause, time);
          }
          for (const { cause, problem } of watch.look(now, time).observations) {
            if (problem === undefined) assert.equal(open.get(cause), true);
            else assert.ok(time - (since.get(cause) ?? time) >= TROUBLE_LASTS);
            open.set(cause, problem !== undefined);
          }
        }
        if (since.size === 0) assert.ok([...open.values()].every((one) => !one));
      }),
    );
  });
});
