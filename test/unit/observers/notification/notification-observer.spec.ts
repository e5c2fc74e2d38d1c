import assert from 'node:assert/strict';
import { systemClock } from '../../../../src/clock';
import {
  NotificationObserver,
  type NotificationSource,
} from '../../../../src/observers/notification/notification-observer';
import type { Observation } from '../../../../src/phone/ports/observation';
import { hostOf } from '../../../support/observer-host';
import { snapshot, type Shown } from '../window/snapshots';

type Taken = Parameters<Parameters<NotificationSource['onNotification']>[0]>[0];

describe('notification observer', () => {
  let taken: Set<(taken: Taken) => void>;
  let shown: Set<Parameters<NotificationSource['onSnapshot']>[0]>;
  let warnings: string[];
  let seen: Observation[];
  let observer: NotificationObserver;

  beforeEach(async () => {
    [taken, shown, warnings, seen] = [new Set(), new Set(), [], []];
    const source: NotificationSource = {
      onNotification: (listener) => {
        taken.add(listener);
        return () => taken.delete(listener);
      },
      onSnapshot: (listener) => {
        shown.add(listener);
        return () => shown.delete(listener);
      },
    };
    observer = new NotificationObserver(source);
    await observer.start(host);
  });
  const host = hostOf((observation) => seen.push(observation), {
    clock: { ...systemClock, now: () => 5000 },
    problem: ({ messageKey }) => warnings.push(messageKey.replace('error.config.notification_', '')),
  });
  const take = (one: Taken): void => {
    for (const listener of taken) listener(one);
  };
  const show = (one: Shown): void => {
    for (const listener of shown) listener(snapshot(one, 1));
  };
  const keys = (): unknown[] => seen.map((one) => 'key' in one && one.key);

  it('reports what is told', () => {
    take({ event: 'ringing', number: '10' });
    assert.deepEqual(seen, [
      {
        type: 'call',
        time: 5000,
        source: 'notification',
        key: 'notification:5000',
        direction: 'inbound',
        state: 'ringing',
        facts: { number: '10' },
        inferred: true,
      },
    ]);
  });

  it('warns once of each kind of trouble', () => {
    for (const refused of ['sender', 'malformed', 'sender', 'malformed'] as const) take({ refused });
    assert.deepEqual(warnings, ['sender', 'malformed']);
    assert.deepEqual(seen, []);
  });

  it('takes a program that was started anew for another one', () => {
    show({ pid: 7 });
    take({ event: 'connected' });
    show({ pid: 7, status: 'Away' });
    take({ event: 'held' });
    show({ presence: 'absent', problem: 'not_running' });
    take({ event: 'connected' });
    assert.deepEqual(keys(), ['notification:5000', 'notification:5000', 'notification:5001']);
  });

  it('listens once, and not after its stop', async () => {
    await observer.start(host);
    assert.equal(taken.size, 1);
    await observer.refresh();
    await observer.stop();
    assert.deepEqual([taken.size, shown.size], [0, 0]);
  });
});
