import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { createPhone } from '../../../src/create-phone';
import type { Command } from '../../../src/phone/command';
import type { Phone } from '../../../src/phone/phone';
import { PhoneError } from '../../../src/phone/phone-error';
import { SimulatedMicrosip } from '../../../src/simulator/simulated-microsip';
import { eventually } from '../../support/eventually';

interface Stage {
  phone: Phone;
  microsip: SimulatedMicrosip;
}

/** Each brings a phone, which is idle at first, into the state of its name. */
const STATES = {
  offline: ({ microsip }: Stage) => {
    microsip.crash();
  },
  idle: () => undefined,
  dialing: ({ microsip }: Stage) => {
    microsip.user.dial('1002');
  },
  alerting: ({ microsip }: Stage) => {
    microsip.user.dial('1002');
    microsip.far.ring();
  },
  ringing: ({ microsip }: Stage) => {
    microsip.far.incoming({ number: '1003' });
  },
  connected: ({ microsip }: Stage) => {
    microsip.user.dial('1002');
    microsip.far.answer();
  },
  held: async (stage: Stage) => {
    STATES.connected(stage);
    await eventually(() => (stage.phone.snapshot().state === 'connected' ? true : undefined));
    stage.microsip.user.toggleHold();
  },
  /** A second caller in single-call mode. */
  waiting: async (stage: Stage) => {
    STATES.connected(stage);
    await eventually(() => (stage.phone.snapshot().state === 'connected' ? true : undefined));
    stage.microsip.far.incoming({ number: '1003' });
  },
  /** Multi-call mode: MicroSIP holds the first call while there is a second. */
  two: async (stage: Stage) => {
    stage.microsip.setSingleMode(false);
    await STATES.held(stage);
    await eventually(() => (stage.phone.snapshot().state === 'held' ? true : undefined));
    stage.microsip.user.dial('1003');
    stage.microsip.far.answer();
  },
};
type State = keyof typeof STATES;
const CALLS: Partial<Record<State, string>> = { waiting: 'ringing connected', two: 'connected held' };

/** What the phone's calls look like in a state, the most urgent first. */
function callsIn(state: State): string {
  return CALLS[state] ?? (state === 'offline' || state === 'idle' ? '' : state);
}

const NAMES = Object.keys(STATES) as State[];

/**
 * A cell is an error code, or what MicroSIP gets and the calls afterwards: `sent => calls`. `~` before it: the phone says
 * that it could not see the effect. Columns as `STATES`.
 */
const TABLE: [string, Command, ...string[]][] = [
  [
    'dial',
    { type: 'dial', number: '1009' },
    'not_running',
    '1009 => dialing',
    'line_busy',
    'line_busy',
    '1009 => ringing dialing',
    'line_busy',
    'line_busy',
    'line_busy',
    '1009 => held held dialing',
  ],
  [
    'dial with an account',
    { type: 'dial', number: '1009', account: 1 },
    'not_running',
    '/account:1 1009 => dialing',
    'line_busy',
    'line_busy',
    '/account:1 1009 => ringing dialing',
    'line_busy',
    'line_busy',
    'line_busy',
    '/account:1 1009 => held held dialing',
  ],
  [
    'answer',
    { type: 'answer' },
    'not_running',
    'no_call',
    'no_call',
    'no_call',
    '/answer => connected',
    'no_call',
    'no_call',
    '/answer => connected',
    'no_call',
  ],
  [
    'hang up all',
    { type: 'hangup', scope: 'all' },
    'not_running',
    'no_call',
    '/hangupall => none',
    '/hangupall => none',
    '1032 => none',
    '/hangupall => none',
    '/hangupall => none',
    '/hangupall + 1032 => none',
    '/hangupall => none',
  ],
  [
    'hang up active',
    { type: 'hangup', scope: 'active' },
    'not_running',
    'no_call',
    'no_call',
    'no_call',
    'no_call',
    '/hangupall => none',
    '/hangupall => none',
    '/hangupall => ringing',
    '/hangupall => none',
  ],
  [
    'hang up dialing',
    { type: 'hangup', scope: 'dialing' },
    'not_running',
    'no_call',
    '/hangupall => none',
    '/hangupall => none',
    'no_call',
    'no_call',
    'no_call',
    'no_call',
    'no_call',
  ],
  [
    'reject with 486',
    { type: 'hangup', scope: 'ringing', rejectCode: 486 },
    'not_running',
    'no_call',
    'no_call',
    'no_call',
    '1032 => none',
    'no_call',
    'no_call',
    '1032 => connected',
    'no_call',
  ],
  [
    'reject with 603',
    { type: 'hangup', scope: 'ringing', rejectCode: 603 },
    'not_running',
    'no_call',
    'no_call',
    'no_call',
    '/hangupincoming => none',
    'no_call',
    'no_call',
    '/hangupincoming => connected',
    'no_call',
  ],
  [
    'digits',
    { type: 'dtmf', digits: '1' },
    'not_running',
    'no_call',
    'no_call',
    'no_call',
    'no_call',
    '/dtmf:1 => connected',
    'no_call',
    '/dtmf:1 => ringing connected',
    '/dtmf:1 => connected held',
  ],
  [
    'transfer',
    { type: 'transfer', number: '1009' },
    'not_running',
    'no_call',
    'no_call',
    'no_call',
    'no_call',
    '/transfer:1009 => none',
    '/transfer:1009 => none',
    '/transfer:1009 => ringing',
    '/transfer:1009 => held',
  ],
  [
    'hold',
    { type: 'hold', action: 'hold' },
    'not_running',
    'no_call',
    'no_call',
    'no_call',
    'no_call',
    'msip:hold => held',
    'nothing => held',
    'msip:hold => ringing held',
    'msip:hold => held held',
  ],
  [
    'resume',
    { type: 'hold', action: 'resume' },
    'not_running',
    'no_call',
    'no_call',
    'no_call',
    'no_call',
    'nothing => connected',
    'msip:hold => connected',
    'nothing => ringing connected',
    'nothing => connected held',
  ],
  [
    'toggle hold',
    { type: 'hold', action: 'toggle' },
    'not_running',
    'no_call',
    'no_call',
    'no_call',
    'no_call',
    'msip:hold => held',
    'msip:hold => connected',
    'msip:hold => ringing held',
    'msip:hold => held held',
  ],
  [
    'message',
    { type: 'message', number: '1009', text: 'hello' },
    'not_running',
    '~1009 hello => none',
    '~1009 hello => dialing',
    '~1009 hello => alerting',
    '~1009 hello => ringing',
    '~1009 hello => connected',
    '~1009 hello => held',
    '~1009 hello => ringing connected',
    '~1009 hello => connected held',
  ],
];

describe('every command in every state of a phone', () => {
  for (const [name, command, ...cells] of TABLE) {
    describe(name, () => {
      for (const [column, state] of NAMES.entries()) {
        const cell = cells[column] ?? '(no cell)';
        it(`${state}: ${cell}`, async () => {
          const microsip = new SimulatedMicrosip();
          const phone = createPhone(
            { connection: 'simulator', timeout: 400, pollInterval: 50 },
            { simulated: microsip },
          );
          try {
            await phone.open();
            await STATES[state]({ phone, microsip });
            await eventually(() => (isIn(phone, state) ? true : undefined));
            assert.equal(await outcome(phone, microsip, command), cell);
          } finally {
            await phone.close();
            microsip.dispose();
          }
        });
      }
    });
  }
});

function isIn(phone: Phone, state: State): boolean {
  return callsNow(phone) === callsIn(state) && (phone.snapshot().state === 'offline') === (state === 'offline');
}

function callsNow(phone: Phone): string {
  return phone
    .snapshot()
    .calls.map(({ callState }) => callState)
    .join(' ');
}

async function outcome(phone: Phone, microsip: SimulatedMicrosip, command: Command): Promise<string> {
  const sent = (): string[] => [...microsip.journal.details('received'), ...microsip.journal.details('clicked')];
  let unsure: string;
  try {
    unsure = (await phone.execute(command)).verified === false ? '~' : '';
  } catch (error) {
    assert.ok(error instanceof PhoneError, String(error));
    assert.deepEqual(sent(), [], 'refused, and sent all the same');
    return error.code;
  }
  await sleep(20);
  return `${unsure}${sent().join(' + ') || 'nothing'} => ${callsNow(phone) || 'none'}`;
}
