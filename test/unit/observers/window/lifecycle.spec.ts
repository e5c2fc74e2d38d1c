import assert from 'node:assert/strict';
import { WindowInterpreter } from '../../../../src/observers/window/window-interpreter';
import type { WindowCall } from '../../../../src/observers/window/window-call';
import { calls, options, snapshot, watch, type Shown } from './snapshots';

const ADA = 'ringA|Ada|4711@pbx.test\r\n\r\nTo: 1001@pbx.test';
const ADA_RINGS: Shown = { rings: [ADA], tab: 'ringing', title: 'Ada \u2013 4711', status: 'Ringing' };
const IN_CALL_WITH = (title: string, seconds: number): Shown => ({
  tab: 'connected',
  title,
  status: `Connected 0:${String(seconds).padStart(2, '0')}`,
});

describe('window interpreter: MicroSIP comes and goes', () => {
  it('tells each presence once', () => {
    const seen = watch([
      [0, { presence: 'absent', problem: 'not_running' }],
      [100, { presence: 'starting' }],
      [200, {}],
      [300, { presence: 'hung' }],
      [400, {}],
      [500, { presence: 'absent', problem: 'other_session' }],
      [600, { presence: 'absent', problem: 'access_denied' }],
    ]).map(({ seen: text }) => text);
    assert.deepEqual(seen, [
      'presence absent not_running',
      'presence starting',
      'presence ready',
      'registration registered',
      'presence hung',
      'presence ready',
      'presence absent other_session',
      'presence absent access_denied',
    ]);
  });

  it('leaves it to others to end the calls of a MicroSIP that is gone', () => {
    const steps: [number, Shown][] = [
      [0, IN_CALL_WITH('200', 1)],
      [300, { presence: 'absent', problem: 'not_running' }],
      [600, { pid: 8 }],
    ];
    assert.deepEqual(calls(steps), ['line1 unknown connected 200']);
  });

  it('does not take the call of another process for the same one', () => {
    const seen = watch([
      [0, IN_CALL_WITH('200', 1)],
      [300, { ...IN_CALL_WITH('200', 9), pid: 8 }],
    ]).map(({ seen: text }) => text);
    assert.deepEqual(seen, [
      'presence ready',
      'mode single',
      'line1 unknown connected 200',
      'presence absent not_running',
      'presence ready',
      'line2 unknown connected 200',
    ]);
  });
});

describe('window interpreter: after another one', () => {
  function successor(steps: [number, Shown][]): WindowInterpreter {
    const before = new WindowInterpreter(options());
    watch(steps, before);
    return new WindowInterpreter({
      ...options(),
      nextLineKey: () => 'new',
      recall: (): readonly WindowCall[] => before.calls,
    });
  }

  it('keeps the key of an answered call, which no window shows', () => {
    const next = successor([
      [0, ADA_RINGS],
      [500, IN_CALL_WITH('Ada \u2013 4711', 0)],
    ]);
    assert.deepEqual(
      calls(
        [
          [5000, IN_CALL_WITH('Ada \u2013 4711', 4)],
          [6000, {}],
        ],
        next,
      ),
      ['ringA inbound connected 4711 Ada', 'ringA ended'],
    );
  });

  it('tells of the end of a call that went meanwhile', () => {
    const next = successor([[0, IN_CALL_WITH('200', 1)]]);
    assert.deepEqual(calls([[5000, {}]], next), ['line1 ended']);
  });

  it('knows another call in the same place', () => {
    const next = successor([[0, IN_CALL_WITH('200', 50)]]);
    assert.deepEqual(calls([[5000, IN_CALL_WITH('200', 2)]], next), ['line1 ended', 'new unknown connected 200']);
  });

  it('tells of remembered calls while MicroSIP hangs', () => {
    const next = successor([[0, IN_CALL_WITH('200', 1)]]);
    const { observations } = next.look(snapshot({ presence: 'hung' }, 9), 9);
    assert.deepEqual(
      observations.map(({ type }) => type),
      ['presence', 'call'],
    );
  });
});
