import assert from 'node:assert/strict';
import { systemClock } from '../../../src/clock';
import { GroupObserver } from '../../../src/observers/group-observer';
import { PresenceFromCalls } from '../../../src/observers/presence-from-calls';
import { RunningCopyObserver } from '../../../src/observers/running-copy-observer';
import type { Observation } from '../../../src/phone/ports/observation';
import { memoriesOf, type Observer, type ObserverHost, type PhoneAct } from '../../../src/phone/ports/observer';
import { hostOf } from '../../support/observer-host';

const ACTS: PhoneAct[] = [
  { type: 'dial_sent', time: 1, callId: 'id', number: '1002' },
  { type: 'hangup_sent', time: 2, callId: 'id' },
  { type: 'transfer_sent', time: 3, callId: 'id', target: '1003' },
  { type: 'transfer_failed', time: 4, callId: 'id' },
  { type: 'looked_around', time: 5 },
  { type: 'looked_away', time: 6 },
  { type: 'time_passed', time: 7 },
  {
    type: 'told',
    event: {
      event: 'phone_offline',
      time: 8,
      state: 'offline',
      previousState: 'idle',
      source: 'log',
      confidence: 'exact',
    },
  },
];
const LIVE: Observation = { type: 'source_live', time: 9, source: 'history' };

/** What is wrapped, and all that reaches it. */
class Inner implements Required<Observer> {
  readonly reached: unknown[] = [];
  host: ObserverHost | undefined;

  start(host: ObserverHost): Promise<void> {
    this.host = host;
    this.reached.push('start');
    return Promise.resolve();
  }
  refresh(): Promise<void> {
    this.reached.push('refresh');
    return Promise.resolve();
  }
  stop(): Promise<void> {
    this.reached.push('stop');
    return Promise.resolve();
  }
  note(act: PhoneAct): void {
    this.reached.push(act);
  }
  memory(): Record<string, unknown> {
    return { inner: this.reached.length };
  }
}

const WRAPPERS: Record<string, (inner: Observer) => Observer> = {
  'a group': (inner) => new GroupObserver(() => [inner]),
  'presence from calls': (inner) => new PresenceFromCalls(inner),
  'the running copy': (inner) =>
    new RunningCopyObserver({
      window: { snapshot: undefined, onSnapshot: () => () => undefined },
      program: 'microsip.exe',
      observe: () => [inner],
    }),
};
const [group, presence, copy] = Object.values(WRAPPERS);
const all = (inner: Observer): Observer => [presence, group, copy].reduce((one, wrap) => wrap?.(one) ?? one, inner);

describe('observer within another one', () => {
  for (const [name, wrap] of Object.entries({ ...WRAPPERS, 'all of them': all })) {
    it(`hears and remembers all that it would by itself: ${name}`, async () => {
      const inner = new Inner();
      const observer = wrap(inner);
      await observer.start(hostOf(() => undefined));
      for (const act of ACTS) observer.note?.(act);
      await observer.refresh();
      assert.deepEqual(observer.memory?.(), { inner: ACTS.length + 2 });
      await observer.stop();
      assert.deepEqual(inner.reached, ['start', ...ACTS, 'refresh', 'stop']);
    });

    it(`tells and asks its phone all that it would by itself: ${name}`, async () => {
      const inner = new Inner();
      const asked: unknown[] = [];
      const note =
        (what: string, answer?: unknown) =>
        (...given: unknown[]): never => {
          asked.push([what, ...given]);
          return answer as never;
        };
      const observer = wrap(inner);
      await observer.start({
        clock: systemClock,
        report: note('report'),
        finished: note('finished'),
        problem: note('problem'),
        knownCalls: note('knownCalls', ['call']),
        singleMode: note('singleMode', true),
        remembered: note('remembered', 'memory'),
      });
      const { host } = inner;
      assert.ok(host);
      assert.equal(host.clock, systemClock);
      host.report(LIVE);
      host.finished('call' as never);
      host.problem('problem' as never);
      assert.deepEqual([host.knownCalls(), host.singleMode(), host.remembered('inner')], [['call'], true, 'memory']);
      assert.deepEqual(asked, [
        ['report', LIVE],
        ['finished', 'call'],
        ['problem', 'problem'],
        ['knownCalls'],
        ['singleMode'],
        ['remembered', 'inner'],
      ]);
      await observer.stop();
    });
  }

  it('keeps apart what several remember', () => {
    const plain: Observer = {
      start: () => Promise.resolve(),
      refresh: () => Promise.resolve(),
      stop: () => Promise.resolve(),
    };
    assert.deepEqual(memoriesOf([new Inner(), plain, { ...plain, memory: () => ({ other: 1 }) }]), {
      inner: 0,
      other: 1,
    });
  });
});
