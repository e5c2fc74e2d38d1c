import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Notification, NotifiedEvent } from '../../../../src/documented/notification';
import { NotificationReconciler } from '../../../../src/observers/notification/notification-reconciler';
import type { Observation } from '../../../../src/phone/ports/observation';

const EVENTS: NotifiedEvent[] = ['ringing', 'connected', 'held', 'ended', 'idle'];

function brief(observation: Observation): string {
  assert.ok(observation.type === 'call' || observation.type === 'call_ended');
  assert.ok(observation.source === 'notification' && observation.inferred);
  const key = observation.key.replace('notification:', '');
  if (observation.type === 'call_ended') return `${key} ended`;
  const { direction, state, facts } = observation;
  return [key, direction, state, facts.number].filter((part) => part !== undefined).join(' ');
}

/** @param texts `event number` */
function told(...texts: string[]): string[] {
  const reconciler = new NotificationReconciler();
  return texts.flatMap((text, index) => {
    const [event, number] = text.split(' ') as [NotifiedEvent, string | undefined];
    return reconciler.take({ event, ...(number !== undefined && { number }) }, index).map(brief);
  });
}

describe('calls from notifications', () => {
  it('follows a call, with and without its number', () => {
    const life = [
      '1 inbound ringing 10',
      '1 inbound connected 10',
      '1 inbound held 10',
      '1 inbound connected 10',
      '1 ended',
    ];
    assert.deepEqual(told('ringing 10', 'connected 10', 'held 10', 'connected 10', 'ended 10'), life);
    assert.deepEqual(told('ringing 10', 'connected', 'held', 'connected', 'idle'), life);
    assert.deepEqual(told('ringing +49(30)1', 'connected +4930-1').length, 2);
  });

  it('keeps two calls apart', () => {
    assert.deepEqual(
      told('ringing 10', 'connected 10', 'ringing 20', 'held 10', 'connected 20', 'ended 20', 'connected 10'),
      [
        '1 inbound ringing 10',
        '1 inbound connected 10',
        '2 inbound ringing 20',
        '1 inbound held 10',
        '2 inbound connected 20',
        '2 ended',
        '1 inbound connected 10',
      ],
    );
  });

  it('learns a number later', () => {
    assert.deepEqual(told('ringing', 'connected 10', 'ended 10'), [
      '1 inbound ringing',
      '1 inbound connected 10',
      '1 ended',
    ]);
  });

  it('knows no direction of a call that was connected before', () => {
    assert.deepEqual(told('connected 10', 'idle'), ['1 connected 10', '1 ended']);
  });

  it('ends nothing that is not there', () => {
    assert.deepEqual(told('ended', 'ended 10', 'idle', 'ringing 10', 'ended 20'), ['1 inbound ringing 10']);
  });

  it('forgets the calls of a program that is gone', () => {
    const reconciler = new NotificationReconciler();
    reconciler.take({ event: 'connected' }, 1);
    reconciler.forget();
    assert.deepEqual(reconciler.take({ event: 'connected' }, 2).map(brief), ['2 connected']);
  });

  it('never goes on with an ended call, never back to ringing or in time, and keeps few calls', () => {
    const number = fc.option(fc.integer({ min: 0, max: 60 }).map(String), { nil: undefined });
    const step = fc.record({ event: fc.constantFrom(...EVENTS), number, time: fc.nat({ max: 50 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const reconciler = new NotificationReconciler();
        const states = new Map<string, string>();
        let latest = 0;
        for (const { time, event, number } of steps) {
          const notification: Notification = { event, ...(number !== undefined && { number }) };
          for (const seen of reconciler.take(notification, time)) {
            assert.ok(seen.type === 'call' || seen.type === 'call_ended');
            assert.ok(seen.time >= latest);
            latest = seen.time;
            assert.notEqual(states.get(seen.key), 'ended');
            const state = seen.type === 'call' ? seen.state : 'ended';
            if (state === 'ringing') assert.ok([undefined, 'ringing'].includes(states.get(seen.key)));
            states.set(seen.key, state);
          }
          const open = [...states.values()].filter((state) => state !== 'ended').length;
          assert.ok(open <= 32);
          if (event === 'idle') assert.equal(open, 0);
        }
      }),
    );
  });
});
