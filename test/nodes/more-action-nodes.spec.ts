import assert from 'node:assert/strict';
import type { PhoneNode } from '../../src/node-red/phones/phone-service';
import type { Command, CommandResult } from '../../src/phone/commands/command';
import { PhoneError } from '../../src/phone/errors/phone-error';
import { Flow, nodeSuite, PHONE, type Message } from './flow';

const ENDS = [
  { id: 'catch', type: 'catch', scope: null, uncaught: false, wires: [['errors']] },
  { id: 'out', type: 'helper' },
  { id: 'errors', type: 'helper' },
];

/** What one node, set up so, makes of one message. */
interface Expectation {
  type: string;
  settings?: Record<string, unknown>;
  msg?: object;
  command: Command;
}

const EXPECTED: Record<string, Expectation> = {
  'transfer to msg.payload, the current call': {
    type: 'microsip-transfer',
    msg: { payload: '1002' },
    command: { type: 'transfer', number: '1002' },
  },
  'transfer the call of msg.callId to a fixed number': {
    type: 'microsip-transfer',
    settings: { number: '+49 30 1', numberType: 'str' },
    msg: { callId: 'a', payload: { callId: 'b' } },
    command: { type: 'transfer', number: '+49 30 1', callId: 'a' },
  },
  'transfer the call of msg.payload.callId to a number of the message': {
    type: 'microsip-transfer',
    settings: { number: 'payload.to', numberType: 'msg' },
    msg: { payload: { callId: 'b', to: 1002 } },
    command: { type: 'transfer', number: 1002, callId: 'b' },
  },
  'hold, without settings': { type: 'microsip-hold', command: { type: 'hold', action: 'hold' } },
  'resume a chosen call': {
    type: 'microsip-hold',
    settings: { action: 'resume' },
    msg: { callId: 'a' },
    command: { type: 'hold', action: 'resume', callId: 'a' },
  },
  'toggle hold': {
    type: 'microsip-hold',
    settings: { action: 'toggle' },
    command: { type: 'hold', action: 'toggle' },
  },
  'merge, without settings': { type: 'microsip-conference', command: { type: 'conference', action: 'merge' } },
  'take a chosen call out of a conference': {
    type: 'microsip-conference',
    settings: { action: 'separate' },
    msg: { callId: 'a' },
    command: { type: 'conference', action: 'separate', callId: 'a' },
  },
  'do not disturb, without settings': {
    type: 'microsip-feature',
    msg: { callId: 'a', feature: 'recording', action: 'off' },
    command: { type: 'feature', feature: 'dnd', action: 'on' },
  },
  'stop recording a chosen call': {
    type: 'microsip-feature',
    settings: { feature: 'recording', action: 'off' },
    msg: { callId: 'a' },
    command: { type: 'feature', feature: 'recording', action: 'off', callId: 'a' },
  },
  'mute the speaker, whatever level there is': {
    type: 'microsip-audio',
    settings: { device: 'speaker', action: 'mute', level: 'payload', levelType: 'msg' },
    msg: { payload: 7 },
    command: { type: 'audio', device: 'speaker', action: 'mute' },
  },
  'set the level of the microphone from msg.payload': {
    type: 'microsip-audio',
    settings: { device: 'microphone', action: 'set' },
    msg: { payload: 30 },
    command: { type: 'audio', device: 'microphone', action: 'set', level: 30 },
  },
  'set a fixed level': {
    type: 'microsip-audio',
    settings: { device: 'speaker', action: 'set', level: '0', levelType: 'num' },
    command: { type: 'audio', device: 'speaker', action: 'set', level: 0 },
  },
  'a message to msg.number with msg.payload': {
    type: 'microsip-message',
    msg: { number: '1002', payload: 'Hello' },
    command: { type: 'message', number: '1002', text: 'Hello' },
  },
  'a message with a text from JSONata': {
    type: 'microsip-message',
    settings: { number: '1002', numberType: 'str', text: '"Hello " & name', textType: 'jsonata' },
    msg: { name: 'Ada' },
    command: { type: 'message', number: '1002', text: 'Hello Ada' },
  },
  'minimize, whatever account there is': {
    type: 'microsip-app',
    settings: { action: 'minimize', account: '2' },
    command: { type: 'app', action: 'minimize' },
  },
  'switch to an account': {
    type: 'microsip-app',
    settings: { action: 'account', account: '2' },
    command: { type: 'app', action: 'account', account: 2 },
  },
  'dial as typed': {
    type: 'microsip-dial',
    settings: { format: 'typed' },
    msg: { payload: '030 1' },
    command: { type: 'dial', number: '030 1' },
  },
  'dial as E.164': {
    type: 'microsip-dial',
    settings: { format: 'e164' },
    msg: { payload: '030 1' },
    command: { type: 'dial', number: '030 1', format: 'e164' },
  },
  'answer the current call, although the message names one': {
    type: 'microsip-answer',
    settings: { call: 'current' },
    msg: { callId: 'a' },
    command: { type: 'answer' },
  },
  'answer the call of the message': {
    type: 'microsip-answer',
    settings: { call: 'msg' },
    msg: { callId: 'a' },
    command: { type: 'answer', callId: 'a' },
  },
  'hang up, without settings': {
    type: 'microsip-hangup',
    command: { type: 'hangup', scope: 'all', rejectCode: 486 },
  },
  'reject with 603, the code as a number': {
    type: 'microsip-hangup',
    settings: { scope: 'ringing', rejectCode: 603 },
    command: { type: 'hangup', scope: 'ringing', rejectCode: 603 },
  },
};

nodeSuite('what action nodes ask of the phone, and pass on', () => {
  for (const [title, { type, settings = {}, msg = {}, command }] of Object.entries(EXPECTED)) {
    it(title, async () => {
      const { flow, commands } = await withAnswer(type, settings, {});
      flow.send('node', { ...msg, topic: 'mine' });
      assert.equal((await flow.until('out')).topic, 'mine');
      assert.deepEqual(commands, [command]);
      assert.deepEqual(flow.messages('errors'), []);
    });
  }

  for (const [type, settings] of [
    ['microsip-hold', { action: 'dance' }],
    ['microsip-audio', { device: 'lamp' }],
    ['microsip-audio', { action: 'dance' }],
    ['microsip-app', { action: 'resetnoask' }],
    ['microsip-app', { action: 'account', account: '' }],
    ['microsip-app', { action: 'account', account: '1000' }],
    ['microsip-app', { action: 'account', account: '1.5' }],
    ['microsip-dial', { format: 'roman' }],
    ['microsip-answer', { call: 'any' }],
    ['microsip-hangup', { scope: 'some' }],
    ['microsip-hangup', { rejectCode: '404' }],
  ] as const) {
    it(`${type} with ${JSON.stringify(settings)} fails with config, and asks nothing of the phone`, async () => {
      const { flow, commands } = await withAnswer(type, settings, {});
      flow.send('node', { payload: '1' });
      assert.equal(errorCode(await flow.until('errors')), 'config');
      assert.deepEqual([commands, flow.messages('out')], [[], []]);
    });
  }

  it('passes on the call, that it could not be checked, and the state of the device', async () => {
    const audio = { muted: true, level: 30 };
    const { flow } = await withAnswer('microsip-audio', {}, { callId: 'a', verified: false, audio });
    flow.send('node', { payload: 'kept' });
    const passed = await flow.until('out');
    assert.deepEqual(
      [passed.payload, passed['callId'], passed['verified'], passed['audio']],
      ['kept', 'a', false, audio],
    );
  });

  it('adds nothing that the phone does not tell', async () => {
    const { flow } = await withAnswer('microsip-audio', {}, { verified: true });
    flow.send('node', { payload: 'kept', callId: 'theirs' });
    const passed = await flow.until('out');
    assert.equal(passed['callId'], 'theirs');
    assert.deepEqual(
      ['verified', 'audio'].map((name) => name in passed),
      [false, false],
    );
  });

  for (const type of ['transfer', 'hold', 'audio', 'message', 'app']) {
    it(`${type} gives a Catch node what the phone refuses, and passes nothing on`, async () => {
      const { flow } = await withAnswer(`microsip-${type}`, {}, new PhoneError('no_call'));
      flow.send('node', { payload: '1', number: '1' });
      const caught = await flow.until('errors');
      assert.equal(errorCode(caught), 'no_call');
      assert.equal(caught.payload, '1');
      assert.deepEqual(flow.messages('out'), []);
      assert.deepEqual([flow.statusOf('node')['fill'], flow.statusOf('node')['shape']], ['red', 'ring']);
    });

    it(`${type} closes the phone for msg.action "disconnect", and is no command then`, async () => {
      const { flow, commands } = await withAnswer(`microsip-${type}`, {}, {});
      flow.send('node', { action: 'disconnect' });
      await flow.until('out');
      assert.equal(flow.statusOf('node')['fill'], 'red');
      assert.deepEqual(commands, []);
    });
  }
});

/** One node at a phone that answers every command so; `commands` are those that it has got. */
async function withAnswer(
  type: string,
  settings: Record<string, unknown>,
  answer: CommandResult | PhoneError,
): Promise<{ flow: Flow; commands: Command[] }> {
  const flow = await Flow.load([PHONE, { id: 'node', type, phone: 'phone', ...settings, wires: [['out']] }, ...ENDS]);
  const { service } = flow.node('phone') as PhoneNode;
  const commands: Command[] = [];
  service.execute = (command) => {
    commands.push(command);
    return answer instanceof PhoneError ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { flow, commands };
}

function errorCode(msg: Message): string | undefined {
  return (msg['error'] as { code?: string } | undefined)?.code;
}
