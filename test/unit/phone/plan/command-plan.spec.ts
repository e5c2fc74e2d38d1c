import assert from 'node:assert/strict';
import type { Call, CallState, Registration } from '../../../../src/phone/calls/call';
import { plan } from '../../../../src/phone/plan/command-plan';
import type { CheckedCommand, Plan } from '../../../../src/phone/plan/plan';
import { PhoneError } from '../../../../src/phone/errors/phone-error';

interface Situation {
  calls?: CallState[];
  registration?: Registration['state'];
  multi?: boolean;
  /** The call of the selected tab, '' for a tab without a call; absent: nobody can tell. */
  selected?: string;
  /** It is known of all calls whether they are on hold. */
  exact?: boolean;
  sendShown?: boolean;
  numbers?: string[];
}

/** Call ids are `c0`, `c1` …, keys `k0`, `k1` …, in the order given. */
function planIn(
  {
    calls = [],
    registration = 'registered',
    multi = false,
    selected,
    exact = false,
    sendShown = false,
    numbers = [],
  }: Situation,
  command: CheckedCommand,
): Plan | string {
  const list = calls.map((callState, index): Call => ({
    callId: `c${index}`,
    callState,
    startTime: 0,
    ...(numbers[index] !== undefined && { uri: `sip:${numbers[index]}`, number: numbers[index].split('@')[0] ?? '' }),
  }));
  try {
    return plan(command, {
      calls: list,
      registration: { state: registration },
      singleMode: !multi,
      presence: 'ready',
      surface: { audio: () => undefined, shown: () => undefined, sendShown: () => sendShown },
      ...(selected !== undefined && { selected: { tab: 'T', ...(selected !== '' && { callId: selected }) } }),
      seesHold: () => exact,
      keyOf: (callId) => callId.replace('c', 'k'),
    });
  } catch (error) {
    if (error instanceof PhoneError) return error.messageKey.replace('error.', '');
    throw error;
  }
}

const dial: CheckedCommand = { type: 'dial', target: '1001' };
const answer: CheckedCommand = { type: 'answer' };
const dtmf: CheckedCommand = { type: 'dtmf', digits: '12' };
const hangup = (scope: 'all' | 'active' | 'dialing' | 'ringing', more: object = {}): CheckedCommand => ({
  type: 'hangup',
  scope,
  ...more,
});

const transfer: CheckedCommand = { type: 'transfer', target: '1009' };
const message: CheckedCommand = { type: 'message', target: '1009', text: 'Hello' };
const hold = (action: 'hold' | 'resume' | 'toggle'): CheckedCommand => ({ type: 'hold', action });
const TOGGLE: Plan['actions'] = [{ do: 'toggle_hold' }];

const ROWS: [string, Situation, CheckedCommand, string | Plan['actions']][] = [
  ['dial when idle', {}, dial, [{ do: 'dial', target: '1001' }]],
  ['dial on an account', {}, { ...dial, account: 2 }, [{ do: 'dial', target: '1001', account: 2 }]],
  ['dial while one rings in', { calls: ['ringing'] }, dial, [{ do: 'dial', target: '1001' }]],
  ['dial during a call, single mode', { calls: ['connected'] }, dial, 'line_busy.default'],
  ['dial while dialling, single mode', { calls: ['dialing'] }, dial, 'line_busy.default'],
  ['dial during a call, multi mode', { calls: ['connected'], multi: true }, dial, [{ do: 'dial', target: '1001' }]],
  ['dial a number that rings in', { calls: ['ringing'], numbers: ['1001@pbx'] }, dial, 'line_busy.same_number'],
  [
    'dial one that rings in at another host',
    { calls: ['ringing'], numbers: ['1001@pbx'] },
    { type: 'dial', target: '1001@other' },
    [{ do: 'dial', target: '1001@other' }],
  ],
  [
    'dial a number that has a call, multi mode',
    { calls: ['connected'], multi: true, numbers: ['1001@pbx'] },
    dial,
    'line_busy.same_number',
  ],
  [
    'dial it with digits behind',
    { calls: ['held'], multi: true, numbers: ['1001@pbx'] },
    { type: 'dial', target: '1001@PBX,,12' },
    'line_busy.same_number',
  ],
  ['dial unregistered', { registration: 'unregistered' }, dial, 'not_registered.default'],
  ['dial while registering', { registration: 'registering' }, dial, 'not_registered.default'],
  ['dial after a failed registration', { registration: 'failed' }, dial, 'not_registered.default'],
  ['dial without a registrar', { registration: 'none' }, dial, [{ do: 'dial', target: '1001' }]],
  ['answer with nothing ringing', { calls: ['connected'] }, answer, 'no_call.nothing_rings'],
  ['answer', { calls: ['ringing'] }, answer, [{ do: 'answer' }]],
  ['answer the oldest of two', { calls: ['ringing', 'ringing'] }, answer, [{ do: 'answer_ring', key: 'k1' }]],
  [
    'answer a chosen one',
    { calls: ['ringing', 'ringing'] },
    { ...answer, callId: 'c0' },
    [{ do: 'answer_ring', key: 'k0' }],
  ],
  ['answer one that does not ring', { calls: ['connected'] }, { ...answer, callId: 'c0' }, 'no_call.unknown_call'],
  ['hang up with no call', {}, hangup('all'), 'no_call.nothing_to_end'],
  [
    'hang up all',
    { calls: ['ringing', 'connected', 'dialing'] },
    hangup('all'),
    [{ do: 'hangup_all' }, { do: 'decline_ring', key: 'k0' }],
  ],
  [
    'hang up all with 603',
    { calls: ['ringing', 'connected'] },
    hangup('all', { rejectCode: 603 }),
    [{ do: 'hangup_all' }, { do: 'reject_all' }],
  ],
  ['hang up the active call', { calls: ['ringing', 'held'] }, hangup('active'), [{ do: 'hangup_all' }]],
  ['hang up the active call, none', { calls: ['ringing'] }, hangup('active'), 'no_call.nothing_to_end'],
  [
    'hang up the active call beside a dialled one',
    { calls: ['connected', 'dialing'] },
    hangup('active'),
    'unsupported.one_of_many',
  ],
  ['hang up the dialled call', { calls: ['alerting'] }, hangup('dialing'), [{ do: 'hangup_all' }]],
  [
    'hang up the dialled call beside an active one',
    { calls: ['connected', 'alerting'] },
    hangup('dialing'),
    [{ do: 'hangup_dialing' }],
  ],
  ['reject', { calls: ['ringing'] }, hangup('ringing'), [{ do: 'decline_ring', key: 'k0' }]],
  ['reject with 603', { calls: ['ringing'] }, hangup('ringing', { rejectCode: 603 }), [{ do: 'reject_all' }]],
  [
    'reject one of two',
    { calls: ['ringing', 'ringing'] },
    hangup('ringing', { callId: 'c1' }),
    [{ do: 'decline_ring', key: 'k1' }],
  ],
  [
    'reject one of two with 603',
    { calls: ['ringing', 'ringing'] },
    hangup('ringing', { callId: 'c1', rejectCode: 603 }),
    'unsupported.one_of_many',
  ],
  [
    'hang up the selected one of two',
    { calls: ['connected', 'held'], selected: 'c0', multi: true },
    hangup('all', { callId: 'c0' }),
    [{ do: 'end_selected', tab: 'T', conference: false }],
  ],
  [
    'hang up the selected one of a conference',
    { calls: ['connected', 'connected'], selected: 'c0', multi: true, exact: true },
    hangup('active', { callId: 'c0' }),
    [{ do: 'end_selected', tab: 'T', conference: true }],
  ],
  [
    'hang up one of two behind the selected one',
    { calls: ['connected', 'held'], selected: 'c0', multi: true },
    hangup('all', { callId: 'c1' }),
    'unsupported.one_of_many',
  ],
  [
    'hang up one of two while a tab without a call is selected',
    { calls: ['connected', 'held'], selected: '', multi: true },
    hangup('all', { callId: 'c0' }),
    'unsupported.one_of_many',
  ],
  [
    'hang up a chosen one of two',
    { calls: ['connected', 'held'] },
    hangup('all', { callId: 'c1' }),
    'unsupported.one_of_many',
  ],
  ['hang up an unknown one', { calls: ['connected'] }, hangup('all', { callId: 'x' }), 'no_call.unknown_call'],
  [
    'hang up one outside the scope',
    { calls: ['connected', 'ringing'] },
    hangup('ringing', { callId: 'c0' }),
    'no_call.unknown_call',
  ],
  ['DTMF in a call', { calls: ['connected'] }, dtmf, [{ do: 'dtmf', digits: '12' }]],
  ['DTMF without a call', {}, dtmf, 'no_call.not_connected'],
  ['DTMF while dialling', { calls: ['alerting'] }, dtmf, 'no_call.not_connected'],
  ['DTMF while ringing', { calls: ['ringing'] }, dtmf, 'no_call.not_connected'],
  ['DTMF on hold', { calls: ['held'] }, dtmf, 'no_call.not_connected'],
  ['hold a call', { calls: ['connected'] }, hold('hold'), TOGGLE],
  ['hold a held one', { calls: ['held'] }, hold('hold'), []],
  ['resume a held one', { calls: ['held'] }, hold('resume'), TOGGLE],
  ['resume one that is not held', { calls: ['connected'] }, hold('resume'), []],
  ['toggle', { calls: ['held'] }, hold('toggle'), TOGGLE],
  ['hold without a call', {}, hold('hold'), 'no_call.not_answered'],
  ['hold while it rings', { calls: ['ringing'] }, hold('hold'), 'no_call.not_answered'],
  ['hold while dialling', { calls: ['alerting'] }, hold('toggle'), 'no_call.not_answered'],
  ['hold the active one of two', { calls: ['connected', 'held'] }, hold('hold'), TOGGLE],
  [
    'resume the held one of two',
    { calls: ['connected', 'held'] },
    { type: 'hold', action: 'resume', callId: 'c1' },
    'unsupported.not_selected',
  ],
  [
    'hold the selected one of two that both seem to be active',
    { calls: ['connected', 'connected'], selected: 'c1', multi: true },
    hold('hold'),
    TOGGLE,
  ],
  [
    'resume the held one that is selected',
    { calls: ['connected', 'held'], selected: 'c1', multi: true },
    { type: 'hold', action: 'resume', callId: 'c1' },
    TOGGLE,
  ],
  [
    'hold while a tab without a call is selected',
    { calls: ['connected'], selected: '', multi: true },
    hold('hold'),
    'unsupported.not_selected',
  ],
  [
    'hold in single-call mode while a chat is selected',
    { calls: ['connected'], selected: '' },
    hold('hold'),
    'unsupported.not_selected',
  ],
  [
    'transfer while a tab without a call is selected',
    { calls: ['held'], selected: '', multi: true },
    transfer,
    'unsupported.not_selected',
  ],
  [
    'DTMF while a tab without a call is selected',
    { calls: ['connected'], selected: '', multi: true },
    dtmf,
    'unsupported.not_selected',
  ],
  [
    'DTMF while the tab of another call is selected',
    { calls: ['connected', 'held'], selected: 'c1', multi: true },
    dtmf,
    'unsupported.not_selected',
  ],
  [
    'DTMF in the selected one of two',
    { calls: ['connected', 'connected'], selected: 'c1', multi: true },
    { ...dtmf, callId: 'c1' },
    [{ do: 'dtmf', digits: '12' }],
  ],
  ['DTMF without a call while a tab is selected', { selected: '', multi: true }, dtmf, 'no_call.not_connected'],
  ['DTMF while digits wait for Send', { calls: ['connected'], sendShown: true }, dtmf, 'unsupported.send_shown'],
  [
    'transfer to the other end of the call',
    { calls: ['connected'], numbers: ['1009@pbx'] },
    transfer,
    'unsupported.transfer_to_peer',
  ],
  [
    'transfer to the other end of the call with the port that is meant anyway',
    { calls: ['connected'], numbers: ['1009@pbx'] },
    { ...transfer, target: '1009@pbx:5060' },
    'unsupported.transfer_to_peer',
  ],
  [
    'transfer to its number at another port',
    { calls: ['connected'], numbers: ['1009@pbx'] },
    { ...transfer, target: '1009@pbx:5070' },
    [{ do: 'transfer', target: '1009@pbx:5070' }],
  ],
  [
    'transfer to its number at another host',
    { calls: ['connected'], numbers: ['1009@pbx'] },
    { ...transfer, target: '1009@other' },
    [{ do: 'transfer', target: '1009@other' }],
  ],
  [
    'transfer in a conference',
    { calls: ['connected', 'connected'], selected: 'c0', multi: true, exact: true },
    transfer,
    'unsupported.in_conference',
  ],
  ['transfer', { calls: ['connected', 'ringing'] }, transfer, [{ do: 'transfer', target: '1009' }]],
  ['transfer a held call', { calls: ['held'] }, transfer, [{ do: 'transfer', target: '1009' }]],
  ['transfer what only rings', { calls: ['ringing'] }, transfer, 'no_call.not_answered'],
  ['message', { calls: ['connected'] }, message, [{ do: 'message', target: '1009', text: 'Hello' }]],
  ['message unregistered', { registration: 'failed' }, message, 'not_registered.default'],
  ['DTMF for another call', { calls: ['connected'] }, { ...dtmf, callId: 'x' }, 'no_call.unknown_call'],
];

describe('command plan', () => {
  for (const [what, situation, command, expected] of ROWS) {
    it(`${what}: ${typeof expected === 'string' ? expected : expected.map((action) => action.do).join(', ')}`, () => {
      const result = planIn(situation, command);
      assert.deepEqual(typeof result === 'string' ? result : result.actions, expected);
    });
  }

  it('names the calls that it ends', () => {
    const result = planIn({ calls: ['ringing', 'connected'] }, hangup('all'));
    assert.ok(typeof result !== 'string');
    assert.deepEqual(result.ends, ['c0', 'c1']);
  });

  it('names the calls that MicroSIP ends when it answers another one', () => {
    const ends = (situation: Situation): unknown => {
      const result = planIn(situation, answer);
      return typeof result === 'string' ? result : result.ends;
    };
    assert.deepEqual(ends({ calls: ['ringing', 'ringing', 'held', 'alerting'] }), ['c2', 'c3']);
    assert.deepEqual(ends({ calls: ['ringing', 'connected'], multi: true }), undefined);
    assert.deepEqual(ends({ calls: ['ringing'] }), undefined);
  });
});
