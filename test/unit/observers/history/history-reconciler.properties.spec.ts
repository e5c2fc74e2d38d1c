import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  HistoryReconciler,
  type HistoryReconcilerOptions,
  type News,
} from '../../../../src/observers/history/history-reconciler';
import type { HistoryRow } from '../../../../src/observers/history/rows/history-row';
import type { LastSeen } from '../../../../src/observers/history/last-seen';
import { lookAt, NOON, row } from './rows';

const options: HistoryReconcilerOptions = { endDelay: 1000, leads: true, known: () => undefined };

/** A MicroSIP that telephones and a Node-RED that reads its history, is stopped, and is killed at the worst moments. */
class World {
  rows: HistoryRow[] = [];
  now = (NOON + 100_000) * 1000;
  kills = 0;
  /** Ends that were told, by call. */
  readonly told = new Map<string, number>();
  private nextId = 1;
  private nextKey = 1;
  private saved: LastSeen | undefined = { id: 0, key: '', time: NOON + 100_000, open: [], done: [] };
  private reconciler: HistoryReconciler | undefined = this.started();

  dial(type: 0 | 1, count: number): void {
    for (let i = 0; i < count; i += 1) {
      const key = `call-${this.nextKey++}`;
      this.rows.push(row({ id: this.nextId++, key, type, time: Math.floor(this.now / 1000) }));
    }
  }

  end(choice: number, duration: number): void {
    const open = this.rows.filter(({ info }) => info === '');
    const chosen = open[choice % open.length];
    if (!chosen) return;
    const type = chosen.type === 1 && duration === 0 ? 2 : chosen.type;
    this.rows = this.rows.map((one) => (one === chosen ? { ...one, type, duration, info: 'Call Ended' } : one));
  }

  refuse(count: number): void {
    this.dial(1, count);
    this.rows = this.rows.map((one, i) =>
      i >= this.rows.length - count ? { ...one, type: 2, info: 'Busy Here' } : one,
    );
  }

  deleteSome(first: number, count: number): void {
    this.rows.splice(first % (this.rows.length + 1), count);
  }

  replace(): void {
    this.rows = [];
    this.nextId = 1;
  }

  importOld(count: number): void {
    for (let i = 0; i < count; i += 1) {
      const key = `imported-${this.nextKey++}`;
      this.rows.push(row({ id: this.nextId++, key, type: 2, time: NOON + i, info: 'Missed Call' }));
    }
  }

  pass(seconds: number): void {
    this.now += seconds * 1000;
  }

  restart(): void {
    this.reconciler = this.started();
  }

  stop(): void {
    this.reconciler = undefined;
  }

  /** @param killAt the program is killed after so many pieces of news, before the last of them is kept */
  look(killAt: number): void {
    if (!this.reconciler) return;
    const { reconciler } = this;
    let left = killAt;
    do {
      reconciler.take(lookAt(this.rows, reconciler.want(this.now)), this.now);
      for (let [news] = reconciler.news(this.now); news; [news] = reconciler.news(this.now)) {
        this.hear(news);
        reconciler.told(news, this.now);
        left -= 1;
        if (left === 0) {
          this.kills += 1;
          this.restart();
          return;
        }
        this.saved = copy(reconciler.lastSeen);
      }
      this.saved = copy(reconciler.lastSeen);
    } while (reconciler.more);
  }

  private hear(news: News): void {
    if (news.type !== 'going_on') this.told.set(news.row.key, (this.told.get(news.row.key) ?? 0) + 1);
  }

  private started(): HistoryReconciler {
    return new HistoryReconciler(copy(this.saved), options);
  }
}

function copy(lastSeen: LastSeen | undefined): LastSeen | undefined {
  return lastSeen && (JSON.parse(JSON.stringify(lastSeen)) as LastSeen);
}

const count = fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 1, max: 3 }) }, fc.integer({ min: 20, max: 90 }));
const nat = fc.nat(1000);
const NEVER = 0;
const action = fc.oneof(
  fc.record({ do: fc.constant('dial' as const), a: fc.integer({ min: 0, max: 1 }), b: count }),
  { weight: 3, arbitrary: fc.record({ do: fc.constant('end' as const), a: nat, b: fc.constantFrom(0, 5) }) },
  fc.record({ do: fc.constant('refuse' as const), a: count, b: nat }),
  fc.record({ do: fc.constant('deleteSome' as const), a: nat, b: count }),
  fc.record({ do: fc.constant('replace' as const), a: nat, b: nat }),
  fc.record({ do: fc.constant('importOld' as const), a: count, b: nat }),
  fc.record({ do: fc.constant('pass' as const), a: fc.integer({ min: 0, max: 10 }), b: nat }),
  fc.record({ do: fc.constantFrom('restart' as const, 'stop' as const), a: nat, b: nat }),
  { weight: 4, arbitrary: fc.record({ do: fc.constant('look' as const), a: fc.constant(NEVER), b: nat }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('look' as const), a: fc.integer({ min: 1, max: 30 }), b: nat }) },
);

function play(actions: readonly { do: string; a: number; b: number }[]): World {
  const world = new World();
  for (const one of actions) {
    if (one.do === 'dial') world.dial(one.a as 0 | 1, one.b);
    else if (one.do === 'end') world.end(one.a, one.b);
    else if (one.do === 'refuse') world.refuse(one.a);
    else if (one.do === 'deleteSome') world.deleteSome(one.a, one.b);
    else if (one.do === 'replace') world.replace();
    else if (one.do === 'importOld') world.importOld(one.a);
    else if (one.do === 'pass') world.pass(one.a);
    else if (one.do === 'restart') world.restart();
    else if (one.do === 'stop') world.stop();
    else world.look(one.a);
  }
  world.restart();
  for (let i = 0; i < 2; i += 1) {
    world.look(NEVER);
    world.pass(5);
  }
  return world;
}

describe('a finished call, whatever happens', () => {
  it('is told once, and never lost; each kill repeats at most one', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        const world = play(actions);
        const repeats = [...world.told.values()].reduce((sum, times) => sum + times - 1, 0);
        assert.ok(repeats <= world.kills, `${repeats} repeated, ${world.kills} kills`);
        for (const { key, info } of world.rows) {
          const imported = key.startsWith('imported');
          if (info !== '') assert.equal((world.told.get(key) ?? 0) > 0, !imported, key);
          else assert.equal(world.told.get(key), undefined, `${key} has not ended`);
        }
      }),
      { numRuns: 500 },
    );
  });
});
