import assert from 'node:assert/strict';
import fc from 'fast-check';
import { receivedVerb, VERBS, verbResponseJson, verbTopic } from '../../../../src/agent/home-assistant/verbs';
import { phoneTopics } from '../../../../src/fleet/protocol/topics';
import { readCommand } from '../../../../src/phone/commands/read-command';
import { PhoneError } from '../../../../src/phone/errors/phone-error';

const received = (verb: string, text = '', retain = false) =>
  receivedVerb(verb, { payload: Buffer.from(text), retain });
const commandOf = (verb: string, text?: string): unknown => {
  const result = received(verb, text);
  return result.kind === 'command' ? result.command : result;
};
const refusalOf = (verb: string, text?: string): string => {
  const result = received(verb, text);
  return result.kind === 'refused' ? result.error.messageKey : result.kind;
};

describe('a command in plain text', () => {
  const meant: [verb: string, text: string, command: object][] = [
    ['dial', '+49 30 123456', { type: 'dial', number: '+49 30 123456' }],
    ['dial', ' 1001\n', { type: 'dial', number: '1001' }],
    ['transfer', '1001', { type: 'transfer', number: '1001' }],
    ['dtmf', '12#', { type: 'dtmf', digits: '12#' }],
    ['answer', 'PRESS', { type: 'answer' }],
    ['reject', '', { type: 'hangup', scope: 'ringing' }],
    ['hangup', 'anything', { type: 'hangup', scope: 'all' }],
    ['hold', 'x', { type: 'hold', action: 'hold' }],
    ['resume', 'x', { type: 'hold', action: 'resume' }],
    ['mute', 'ON', { type: 'audio', device: 'microphone', action: 'mute' }],
    ['mute', 'OFF', { type: 'audio', device: 'microphone', action: 'unmute' }],
    ['dnd', 'ON', { type: 'feature', feature: 'dnd', action: 'on' }],
    ['dnd', ' OFF ', { type: 'feature', feature: 'dnd', action: 'off' }],
  ];
  for (const [verb, text, command] of meant)
    it(`${verb} '${text.trim()}' is ${JSON.stringify(command)}`, () => {
      assert.deepEqual(commandOf(verb, text), command);
      assert.deepEqual(readCommand(command), command);
    });

  it('is dropped when it is retained', () => {
    for (const verb of VERBS) assert.deepEqual(received(verb, '1001', true), { kind: 'dropped' });
  });

  it('is refused when there is no such verb, or when its word is none', () => {
    for (const verb of ['', 'Dial', 'constructor', '__proto__', 'exit'])
      assert.equal(refusalOf(verb), 'error.config.word');
    for (const verb of ['mute', 'dnd'])
      for (const text of ['', 'on', 'TOGGLE', '1']) assert.equal(refusalOf(verb, text), 'error.config.word');
  });

  it('is refused when it is larger than 16 KB', () => {
    assert.equal(refusalOf('dial', '1'.repeat(16 * 1024 + 1)), 'error.config.command_size');
  });

  it('is never more than a command, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...VERBS), fc.string()), fc.uint8Array(), (verb, payload) => {
        const result = receivedVerb(verb, { payload, retain: false });
        if (result.kind === 'command') assert.deepEqual(readCommand(result.command), result.command);
        else assert.equal(result.kind, 'refused');
      }),
    );
  });

  it('has a topic and an answer of its own', () => {
    const topics = phoneTopics('microsip', 'desk-1');
    assert.equal(verbTopic(topics, 'dial'), 'microsip/desk-1/command/dial');
    assert.deepEqual(verbResponseJson('dial', { ok: true, result: { callId: 'c' } }), {
      ...{ verb: 'dial', id: 'verb', ok: true, callId: 'c', verified: true },
    });
    const failed = verbResponseJson('dial', { ok: false, error: new PhoneError('line_busy') });
    assert.equal((failed as { error: { code: string } }).error.code, 'line_busy');
  });
});
