import assert from 'node:assert/strict';
import {
  HistoryReconciler,
  type HistoryReconcilerOptions,
  type News,
} from '../../../../src/observers/history/history-reconciler';
import type { HistoryRow } from '../../../../src/observers/history/rows/history-row';
import type { LastSeen } from '../../../../src/observers/history/last-seen';
import { lookAt, NOON, row } from './rows';

const options: HistoryReconcilerOptions = { endDelay: 1000, leads: true, known: () => undefined };
const start: LastSeen = { id: 0, key: '', time: NOON, open: [], done: [] };
/** ms since 1970, some seconds after the first rows. */
const NOW = (NOON + 60) * 1000;
const over = (id: number, more: Partial<HistoryRow> = {}): HistoryRow =>
  row({ id, type: 2, info: 'Missed Call', ...more });

/** Reads all there is and tells it. */
function tell(reconciler: HistoryReconciler, rows: readonly HistoryRow[], now = NOW): News[] {
  const told: News[] = [];
  do {
    reconciler.take(lookAt(rows, reconciler.want(now)), now);
    for (let [news] = reconciler.news(now); news; [news] = reconciler.news(now)) {
      reconciler.told(news, now);
      told.push(news);
    }
  } while (reconciler.more);
  return told;
}
const words = (news: readonly News[]): string[] =>
  news.map((one) => `${one.type} ${one.row.id}${one.type === 'finished' && one.replayed ? ' replayed' : ''}`);
const resumed = (reconciler: HistoryReconciler): HistoryReconciler =>
  new HistoryReconciler(JSON.parse(JSON.stringify(reconciler.lastSeen)) as LastSeen, options);

describe('what a call history has to tell', () => {
  it('is nothing of the past when it is seen for the first time', () => {
    const reconciler = new HistoryReconciler(undefined, options);
    assert.deepEqual(words(tell(reconciler, [over(1), over(2)])), []);
    assert.deepEqual(words(tell(reconciler, [over(1), over(2), over(3)], NOW + 1)), []);
    assert.deepEqual(words(tell(reconciler, [over(1), over(2), over(3)], NOW + 2000)), ['finished 3']);
  });

  it('is a call that goes on, then its end, once each', () => {
    const reconciler = new HistoryReconciler(undefined, options);
    assert.deepEqual(words(tell(reconciler, [row({ id: 1 })])), ['going_on 1']);
    assert.deepEqual(words(tell(reconciler, [row({ id: 1 })], NOW + 1)), []);
    const ended = [row({ id: 1, duration: 3, info: 'Call Ended' })];
    assert.deepEqual(words(tell(reconciler, ended, NOW + 4000)), []);
    assert.equal(reconciler.nextDue, NOW + 5000);
    assert.deepEqual(words(tell(reconciler, ended, NOW + 5000)), ['over 1']);
    assert.deepEqual(words(tell(reconciler, ended, NOW + 9000)), []);
  });

  it('is the text of the end as it was corrected', () => {
    const reconciler = new HistoryReconciler(undefined, options);
    tell(reconciler, [row({ id: 1 })]);
    tell(reconciler, [row({ id: 1, info: 'Call Ended' })]);
    const [news] = tell(reconciler, [row({ id: 1, info: 'Canceled' })], NOW + 1000);
    assert.equal(news?.row.info, 'Canceled');
  });

  it('is the name when it is found later', () => {
    const reconciler = new HistoryReconciler(undefined, options);
    tell(reconciler, [row({ id: 1, name: '1001' })]);
    const [news] = tell(reconciler, [row({ id: 1, name: 'Ada' })]);
    assert.deepEqual([news?.type, news?.row.name], ['going_on', 'Ada']);
  });

  it('is what was missed while nobody watched, the oldest first', () => {
    const reconciler = new HistoryReconciler(start, options);
    assert.deepEqual(words(tell(reconciler, [over(1), over(2), row({ id: 3, duration: 4, info: 'Call Ended' })])), [
      'finished 1 replayed',
      'finished 2 replayed',
      'finished 3 replayed',
    ]);
    assert.deepEqual(words(tell(resumed(reconciler), [over(1), over(2), over(3)])), []);
  });

  it('is the end of a call that went on when nobody watched any more', () => {
    const reconciler = new HistoryReconciler(start, options);
    tell(reconciler, [row({ id: 1 }), row({ id: 2 })]);
    const rows = [row({ id: 1, info: 'Call Ended', duration: 9 }), row({ id: 2 }), over(3)];
    assert.deepEqual(words(tell(resumed(reconciler), rows)), [
      'going_on 2',
      'finished 1 replayed',
      'finished 3 replayed',
    ]);
  });

  it('tells what goes on before a long past', () => {
    const rows = [...Array.from({ length: 2500 }, (_, i) => over(i + 1)), row({ id: 2501 })];
    const reconciler = new HistoryReconciler(start, options);
    const now = (NOON + 2510) * 1000;
    const told = words(tell(reconciler, rows, now));
    assert.equal(told[0], 'going_on 2501');
    assert.deepEqual(
      told.slice(1),
      rows.slice(0, 2500).map(({ id }) => `finished ${id} replayed`),
    );
    assert.deepEqual(words(tell(resumed(reconciler), rows, now)), ['going_on 2501']);
  });

  it('ends a call that goes on during a long past only once', () => {
    const past = Array.from({ length: 60 }, (_, i) => over(i + 1));
    const reconciler = new HistoryReconciler(start, options);
    const now = (NOON + 70) * 1000;
    reconciler.take(lookAt([...past, row({ id: 61 })], reconciler.want(now)), now);
    for (const news of reconciler.news(now)) reconciler.told(news, now);
    const rest = words(tell(reconciler, [...past, row({ id: 61, info: 'Busy Here' })], now + 1000));
    assert.equal(rest.includes('over 61'), false);
    assert.deepEqual(words(tell(reconciler, [...past, row({ id: 61, info: 'Busy Here' })], now + 2000)), ['over 61']);
  });

  it('leaves alone what a crash of MicroSIP has left behind', () => {
    const late = NOW + 3600_000;
    const reconciler = new HistoryReconciler(start, options);
    assert.deepEqual(words(tell(reconciler, [row({ id: 1 })], late)), []);
    assert.deepEqual(words(tell(resumed(reconciler), [row({ id: 1 }), over(2)], late)), ['finished 2 replayed']);
  });

  it('tells that a call which was refused at once did not ring', () => {
    const reconciler = new HistoryReconciler(undefined, options);
    tell(reconciler, [over(1)]);
    tell(reconciler, [over(1), row({ id: 2, type: 2 })]);
    const told = tell(reconciler, [over(1), over(2, { info: 'Busy Here' })], NOW + 1000);
    assert.deepEqual(
      told.map((news) => news.type === 'finished' && [news.rang, news.replayed]),
      [[false, false]],
    );
  });

  it('survives the deletion of rows', () => {
    const reconciler = new HistoryReconciler(start, options);
    tell(reconciler, [over(1), over(2), over(3), row({ id: 4 })]);
    assert.deepEqual(words(tell(reconciler, [])), []);
    assert.deepEqual(reconciler.lastSeen.open, []);
    assert.deepEqual(words(tell(reconciler, [over(5)], NOW + 3000)), []);
    assert.deepEqual(words(tell(reconciler, [over(5)], NOW + 4000)), ['finished 5']);
    assert.deepEqual(words(tell(resumed(reconciler), [over(5), over(6)], NOW + 4000)), ['finished 6 replayed']);
    const without = new HistoryReconciler({ ...reconciler.lastSeen, open: [] }, options);
    assert.deepEqual(words(tell(without, [over(1)], NOW + 4000)), [], 'only the newest were deleted');
  });

  it('ends a call whose row was deleted and written again', () => {
    const reconciler = new HistoryReconciler(start, options);
    tell(reconciler, [row({ id: 1, key: 'a' })]);
    tell(reconciler, []);
    tell(reconciler, [row({ id: 2, key: 'a' })]);
    const rows = [row({ id: 2, key: 'a', info: 'Call Ended' })];
    tell(reconciler, rows);
    assert.deepEqual(words(tell(reconciler, rows, NOW + 1000)), ['over 2']);
    assert.deepEqual(words(tell(resumed(reconciler), rows, NOW + 1000)), []);
  });

  it('begins anew when the file was replaced, and repeats nothing', () => {
    const reconciler = new HistoryReconciler(start, options);
    tell(reconciler, [over(1), over(2), over(3)]);
    const others = [over(1, { key: 'x', time: NOON + 10 }), over(2, { time: NOON + 2 }), over(3, { key: 'y' })];
    assert.deepEqual(words(tell(resumed(reconciler), others)), ['finished 1 replayed', 'finished 3 replayed']);
    const shortened = [over(5, { key: 'v' }), over(6, { key: 'w' })];
    assert.deepEqual(words(tell(resumed(reconciler), shortened)), ['finished 5 replayed', 'finished 6 replayed']);
    const again = resumed(reconciler);
    assert.deepEqual(words(tell(again, [over(1, { key: 'z' })])), ['finished 1 replayed']);
    assert.deepEqual(words(tell(resumed(again), [over(1, { key: 'z' })])), []);
  });

  it('begins anew when no row is known any more', () => {
    const reconciler = new HistoryReconciler(start, options);
    tell(
      reconciler,
      Array.from({ length: 20 }, (_, i) => over(i + 1)),
    );
    const others = [over(3, { key: 'x' }), over(7), over(25, { key: 'y' })];
    assert.deepEqual(words(tell(resumed(reconciler), others)), ['finished 3 replayed', 'finished 25 replayed']);
  });

  it('still awaits the end of a call when the file was replaced meanwhile', () => {
    const reconciler = new HistoryReconciler(start, options);
    tell(reconciler, [row({ id: 1, key: 'a' })]);
    const others = [over(1, { key: 'x' })];
    tell(reconciler, others);
    assert.deepEqual(words(tell(reconciler, others, NOW + 1000)), ['finished 1']);
    const both = [...others, row({ id: 2, key: 'a', info: 'Call Ended' })];
    tell(reconciler, both, NOW + 2000);
    assert.deepEqual(words(tell(reconciler, both, NOW + 3000)), ['over 2']);
  });

  it('takes no call of the past for a new one, only because it was imported', () => {
    const reconciler = new HistoryReconciler(undefined, options);
    tell(reconciler, [over(1)]);
    const imported = Array.from({ length: 100 }, (_, i) => over(i + 2, { time: NOON - 86_400 + i }));
    assert.deepEqual(words(tell(reconciler, [over(1), ...imported, over(102)], NOW + 1)), []);
    assert.deepEqual(words(tell(reconciler, [over(1), ...imported, over(102)], NOW + 2000)), ['finished 102']);
    const fresh = new HistoryReconciler(undefined, options);
    fresh.absent(NOW);
    assert.deepEqual(words(tell(fresh, [over(1), over(2, { time: NOON + 60 })], NOW + 1)), []);
    assert.deepEqual(words(tell(fresh, [over(1), over(2, { time: NOON + 60 })], NOW + 2000)), ['finished 2']);
  });

  it('goes on after the clock was wrong for a while', () => {
    const reconciler = new HistoryReconciler(undefined, options);
    tell(reconciler, [over(1, { time: NOON + 999_999_999 })]);
    tell(reconciler, [over(2)], NOW);
    assert.deepEqual(words(tell(reconciler, [over(2)], NOW + 1000)), ['finished 2']);
  });

  it('loses nothing of a long past in which the clock was wrong for a while', () => {
    const late = (NOON + 5 * 86_400) * 1000;
    const past = Array.from({ length: 60 }, (_, i) => over(i + 1));
    past[24] = over(25, { time: NOON + 4 * 86_400 });
    assert.equal(tell(new HistoryReconciler(start, options), past, late).length, 60);
  });

  it('uses the key of another source and leaves the beginning to it', () => {
    let key: string | undefined;
    const reconciler = new HistoryReconciler(start, { ...options, leads: false, known: () => key });
    assert.deepEqual(tell(reconciler, [row({ id: 1 })]), []);
    key = 'window 7';
    const [news] = tell(reconciler, [row({ id: 1 })]);
    assert.deepEqual(news, { type: 'going_on', row: row({ id: 1 }), key, began: row({ id: 1 }).time * 1000 });
    key = undefined;
    tell(reconciler, [row({ id: 1, info: 'Canceled' })]);
    const [end] = tell(reconciler, [row({ id: 1, info: 'Canceled' })], NOW + 1000);
    assert.deepEqual([end?.type, end?.type === 'over' && end.key], ['over', 'window 7']);
  });

  it('is a finished call when no other source knew it', () => {
    const reconciler = new HistoryReconciler(start, { ...options, leads: false });
    tell(reconciler, [row({ id: 1 })]);
    tell(reconciler, [row({ id: 1, info: 'Canceled' })]);
    assert.deepEqual(words(tell(reconciler, [row({ id: 1, info: 'Canceled' })], NOW + 1000)), ['finished 1']);
  });

  it('is nothing when another source has told the end', () => {
    const reconciler = new HistoryReconciler(start, options);
    tell(reconciler, [row({ id: 1, key: 'a' })]);
    reconciler.noteEnded('a');
    reconciler.noteEnded('b');
    const rows = [row({ id: 1, key: 'a', info: 'Call Ended' }), over(2, { key: 'b' })];
    assert.deepEqual(words(tell(reconciler, rows, NOW + 5000)), []);
    assert.deepEqual(words(tell(resumed(reconciler), rows, NOW + 5000)), []);
  });

  it('gives a call up that never ends, if nobody else watches', () => {
    const reconciler = new HistoryReconciler(start, { ...options, giveUpAfter: 60_000 });
    tell(reconciler, [row({ id: 1 }), row({ id: 2 })]);
    assert.equal(reconciler.nextDue, NOW + 60_000);
    assert.deepEqual(words(tell(reconciler, [row({ id: 1 })], NOW + 60_000)), ['over 1', 'over 2']);
    assert.deepEqual(words(tell(reconciler, [row({ id: 1, info: 'Call Ended' })], NOW + 99_000)), []);
  });
});
