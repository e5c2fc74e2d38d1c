import assert from 'node:assert/strict';
import { createPhone } from '../../../../src/create-phone';
import type { Command } from '../../../../src/phone/commands/command';
import { readCommand } from '../../../../src/phone/commands/read-command';
import { PhoneError } from '../../../../src/phone/errors/phone-error';
import { SimulatedMicrosip } from '../../../../src/simulator/simulated-microsip';
import { eventually } from '../../../support/eventually';

const throwing = {
  get type(): string {
    throw new Error('not for you');
  },
};
/** Says another thing each time it is asked. */
const changing = (): object => {
  const scopes = ['ringing', 'all'];
  return Object.defineProperty({ type: 'hangup' }, 'scope', { get: () => scopes.shift(), enumerable: true });
};

const NO_COMMANDS: [string, unknown][] = [
  ['null', null],
  ['undefined', undefined],
  ['a text', 'hangup'],
  ['a number', 5],
  ['a function', () => 'hangup'],
  ['a list', [{ type: 'hangup', scope: 'all' }]],
  ['a list with fields', Object.assign([], { type: 'answer' })],
  ['nothing in it', {}],
  ['a type that is inherited', Object.create({ type: 'hangup', scope: 'all' })],
  ['a scope that is inherited', Object.assign(Object.create({ scope: 'all' }) as object, { type: 'hangup' })],
  ['a getter that throws', throwing],
  ['a proxy that throws', new Proxy({}, { ownKeys: () => assert.fail() })],
  ['another type', { type: 'hang up' }],
  ['a type in capitals', { type: 'Hangup', scope: 'all' }],
  ['a type of every object', { type: 'constructor' }],
  ['__proto__ as a type', { type: '__proto__' }],
  ['a list as type', { type: ['answer'] }],
  ['no scope', { type: 'hangup' }],
  ['another scope', { type: 'hangup', scope: 'ring' }],
  ['an empty scope', { type: 'hangup', scope: '' }],
  ['null as scope', { type: 'hangup', scope: null }],
  ['a list as scope', { type: 'hangup', scope: ['all'] }],
  ['a code that is none for rejecting', { type: 'hangup', scope: 'ringing', rejectCode: 200 }],
  ['such a code as a text', { type: 'hangup', scope: 'ringing', rejectCode: '404' }],
  ['a code that is nearly one', { type: 'hangup', scope: 'ringing', rejectCode: 486.5 }],
  ['a call that is a number', { type: 'hangup', scope: 'all', callId: 5 }],
  ['a call that is an object', { type: 'hangup', scope: 'all', callId: { toString: () => 'a' } }],
  ['a call without a name', { type: 'answer', callId: '' }],
  ['null as a call', { type: 'answer', callId: null }],
  ['a call with an endless name', { type: 'answer', callId: 'a'.repeat(5000) }],
  ['rubbish besides', { type: 'hangup', scope: 'all', number: '1001' }],
  ['a symbol besides', { type: 'hangup', scope: 'all', [Symbol('x')]: 1 }],
  ['__proto__ besides', JSON.parse('{"type": "answer", "__proto__": {"a": 1}}')],
  ['no action for hold', { type: 'hold' }],
  ['Hold', { type: 'hold', action: 'Hold' }],
  ['a blank behind hold', { type: 'hold', action: 'hold ' }],
  ['no device', { type: 'audio', action: 'mute' }],
  ['another device', { type: 'audio', device: 'lamp', action: 'mute' }],
  ['no action for audio', { type: 'audio', device: 'speaker' }],
  ['another action for audio', { type: 'audio', device: 'speaker', action: 'dance' }],
  ['no level to set', { type: 'audio', device: 'speaker', action: 'set' }],
  ['a level that is a word', { type: 'audio', device: 'speaker', action: 'set', level: 'loud' }],
  ['a level beyond the end', { type: 'audio', device: 'speaker', action: 'set', level: 101 }],
  ['a level that is a list', { type: 'audio', device: 'speaker', action: 'set', level: [5] }],
  ['a level that is a word, not needed', { type: 'audio', device: 'speaker', action: 'mute', level: 'loud' }],
  ['another action for the app', { type: 'app', action: 'resetnoask' }],
  ['no account to switch to', { type: 'app', action: 'account' }],
  ['account 0', { type: 'app', action: 'account', account: 0 }],
  ['an account that is an object', { type: 'dial', number: '1001', account: Object.create(null) as unknown }],
  ['an account that is true', { type: 'dial', number: '1001', account: true }],
  ['an account with a switch', { type: 'dial', number: '1001', account: '1/password:x' }],
  ['another format', { type: 'dial', number: '1001', format: 'E164' }],
];

const COMMANDS: Command[] = [
  { type: 'dial', number: '1001' },
  { type: 'dial', number: 1001, account: 2, format: 'e164' },
  { type: 'answer' },
  { type: 'answer', callId: 'a' },
  { type: 'hangup', scope: 'active', callId: 'a' },
  { type: 'hangup', scope: 'ringing', rejectCode: 603 },
  { type: 'dtmf', digits: '1' },
  { type: 'transfer', number: '1001', callId: 'a' },
  { type: 'hold', action: 'toggle' },
  { type: 'audio', device: 'microphone', action: 'set', level: 0 },
  { type: 'message', number: '1001', text: 'hello' },
  { type: 'app', action: 'show' },
  { type: 'app', action: 'account', account: 1 },
];

describe('what a program, a flow or a network gives as a command', () => {
  const microsip = new SimulatedMicrosip();
  const phone = createPhone({ connection: 'simulator' }, { simulated: microsip });
  before(async () => {
    await phone.open();
    microsip.user.dial('1002');
    microsip.far.answer();
    microsip.far.incoming({ number: '1003' });
    await eventually(() => (phone.snapshot().calls.length === 2 ? true : undefined));
  });
  after(async () => {
    await phone.close();
    microsip.dispose();
  });

  for (const [what, given] of NO_COMMANDS) {
    it(`${what}: config, and nothing is sent`, async () => {
      const before = microsip.journal.entries.length;
      await assert.rejects(
        phone.execute(given as Command),
        (error) => error instanceof PhoneError && error.code === 'config' && !error.message.includes('error.config'),
      );
      assert.equal(microsip.journal.entries.length, before);
    });
  }

  it('each known command is passed as it is', () => {
    for (const command of COMMANDS) assert.deepEqual(readCommand(command), command);
  });

  it('fields that are undefined are as good as not there', () => {
    assert.deepEqual(readCommand({ type: 'answer', callId: undefined, nothing: undefined }), { type: 'answer' });
  });

  it('without a prototype, or with values as texts, it is a command too', () => {
    assert.deepEqual(readCommand(Object.assign(Object.create(null) as object, { type: 'answer' })), { type: 'answer' });
    assert.deepEqual(readCommand({ type: 'hangup', scope: 'ringing', rejectCode: '603' }), {
      type: 'hangup',
      scope: 'ringing',
      rejectCode: 603,
    });
    assert.deepEqual(readCommand({ type: 'dial', number: '1', account: '2' }), {
      type: 'dial',
      number: '1',
      account: 2,
    });
  });

  it('what a field says the second time has no effect', () => {
    assert.deepEqual(readCommand(changing()), { type: 'hangup', scope: 'ringing' });
  });
});
