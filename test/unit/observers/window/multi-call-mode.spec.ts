import assert from 'node:assert/strict';
import { calls, watch, type Shown } from './snapshots';

const ADA = 'ringA|Ada|4711@pbx.test\r\n\r\nTo: 1001@pbx.test';

describe('window interpreter: multi-call mode', () => {
  const one: Shown = { multi: true, tab: 'connected', title: '100', status: 'Connected 0:05' };
  const two: Shown = { multi: true, tab: 'connected', title: '200', status: 'Connected (2)' };

  it('keeps the call that another tab hides', () => {
    const steps: [number, Shown][] = [
      [0, one],
      [500, { multi: true, tab: 'dialing', title: '200', status: 'Calling 200 ...' }],
      [700, { multi: true, tab: 'alerting', title: '200', status: 'Ringing (host)' }],
      [900, two],
      [5000, two],
    ];
    assert.deepEqual(calls(steps), [
      'line1 unknown connected 100',
      'line2 outbound dialing 200',
      'line2 outbound alerting 200',
      'line2 outbound connected 200',
    ]);
  });

  it('ends a hidden call when the count says so, and not before', () => {
    const steps: [number, Shown][] = [
      [0, one],
      [500, { multi: true, tab: 'dialing', title: '200', status: 'Calling 200 ...' }],
      [900, two],
      [3000, { ...two, status: 'Online' }],
      [3800, { ...two, status: 'Connected 0:03' }],
    ];
    const seen = watch(steps).filter(({ seen: text }) => text.endsWith('ended'));
    assert.deepEqual(
      seen.map(({ seen: text }) => text),
      ['line1 ended'],
    );
    assert.ok((seen[0]?.time ?? 0) >= 3800, 'the text of an ended call is no count');
  });

  it('ends all calls when the last one goes', () => {
    const steps: [number, Shown][] = [
      [0, one],
      [500, { multi: true, tab: 'dialing', title: '200', status: 'Calling 200 ...' }],
      [900, two],
      [3000, { multi: true, title: '200', status: 'Online' }],
    ];
    assert.deepEqual(calls(steps).slice(3), ['line2 ended', 'line1 ended']);
  });

  it('takes the hidden attempt for answered when the count rises', () => {
    const steps: [number, Shown][] = [
      [0, { multi: true, tab: 'dialing', title: '100', status: 'Calling 100 ...' }],
      [500, { multi: true, tab: 'dialing', title: '200', status: 'Calling 200 ...' }],
      [900, { multi: true, tab: 'dialing', title: '200', status: 'Connected 0:00' }],
    ];
    assert.deepEqual(calls(steps), [
      'line1 outbound dialing 100',
      'line2 outbound dialing 200',
      'line1 outbound connected 100 inferred',
    ]);
  });

  it('ends a hidden attempt when the status bar is back at rest', () => {
    const steps: [number, Shown][] = [
      [0, { multi: true }],
      [100, { multi: true, tab: 'dialing', title: '100', status: 'Calling 100 ...' }],
      [500, { multi: true, title: 'Chat', status: 'Calling 100 ...' }],
      [60_000, { multi: true, title: 'Chat', status: 'Online' }],
    ];
    const seen = watch(steps).filter(({ seen: text }) => text.startsWith('line1'));
    assert.deepEqual(seen.map(({ seen: text }) => text).slice(1), ['line1 ended']);
    assert.ok((seen[1]?.time ?? 0) >= 60_000);
  });

  it('tells an answered call from a missed one while another tab is selected', () => {
    const ringing: Shown = { ...one, rings: [ADA] };
    const answered: [number, Shown][] = [
      [0, one],
      [100, ringing],
      [900, one],
      [1400, { ...one, status: 'Connected (2)' }],
    ];
    assert.deepEqual(calls(answered).slice(2), ['ringA inbound connected 4711 Ada inferred']);
    assert.deepEqual(calls(answered.slice(0, 3)).slice(2), ['ringA ended']);
  });

  it('sees a call whose tab was never selected by its running time', () => {
    const steps: [number, Shown][] = [[0, { multi: true, title: 'Chat', status: 'Connected 1:02:03' }]];
    assert.deepEqual(calls(steps), ['line1 unknown connected -']);
  });

  it('gives that call its number when its tab is selected', () => {
    const steps: [number, Shown][] = [
      [0, { multi: true, title: 'Chat', status: 'Connected 0:03' }],
      [3000, { ...one, status: 'Connected 0:06' }],
    ];
    assert.deepEqual(calls(steps), ['line1 unknown connected -', 'line1 unknown connected 100']);
  });

  it('learns the mode from a call, in one direction at once and in the other after a second look', () => {
    const mode = (steps: [number, Shown][]): string[] =>
      watch(steps)
        .filter(({ seen }) => seen.startsWith('mode'))
        .map(({ time, seen }) => `${time} ${seen}`);
    assert.deepEqual(mode([[0, {}]]), []);
    assert.deepEqual(mode([[0, { tab: 'dialing', title: '1' }]]), ['0 mode single']);
    assert.deepEqual(mode([[0, { tab: 'dialing', title: '1', multi: true }]]), ['60 mode multi']);
    const doubt: [number, Shown][] = [
      [0, { tab: 'dialing', title: '1', multi: true }],
      [20, { tab: 'dialing', title: '1' }],
    ];
    assert.deepEqual(mode(doubt), ['20 mode single']);
  });
});
