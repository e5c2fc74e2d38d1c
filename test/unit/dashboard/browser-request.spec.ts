import assert from 'node:assert/strict';
import { isOffered, readRequest, shownParts } from '../../../packages/dashboard/src/browser-request';
import { PARTS } from '../../../packages/dashboard/src/protocol';

const COMMAND = { request: 'a-1', language: 'de-AT', command: { type: 'dial', number: '1001' } };

describe('what a browser asks the phone on the dashboard for', () => {
  it('is a view, contacts, or a command', () => {
    for (const asked of [{ request: 'a-1', ask: 'view' }, { request: 'a-1', ask: 'contacts', text: 'Ada' }, COMMAND])
      assert.deepEqual(readRequest({ microsip: asked, _client: { socketId: 'x' } }), asked);
  });

  for (const [what, message] of Object.entries({
    nothing: undefined,
    'a text': 'dial',
    'a list': [COMMAND],
    'no field of ours': { payload: COMMAND },
    'no name for the answer': { microsip: { ...COMMAND, request: undefined } },
    'a name that is markup': { microsip: { ...COMMAND, request: '<b>' } },
    'a name that is an object': { microsip: { ...COMMAND, request: { toString: 'a' } } },
    'no language': { microsip: { ...COMMAND, language: undefined } },
    'a language that is a path': { microsip: { ...COMMAND, language: '../../etc' } },
    'a command that is a text': { microsip: { ...COMMAND, command: 'dial' } },
    'a command that is a list': { microsip: { ...COMMAND, command: ['dial'] } },
    'a question and a command': { microsip: { ...COMMAND, ask: 'everything' } },
    'a question that is too long': { microsip: { request: 'a', ask: 'contacts', text: 'a'.repeat(101) } },
    'a question that is no text': { microsip: { request: 'a', ask: 'contacts', text: {} } },
  }))
    it(`is not ${what}`, () => {
      assert.equal(readRequest(message), undefined);
    });

  it('has a button, or it is not done', () => {
    const call = { callId: 'b1f0' };
    for (const command of [
      { type: 'dial', number: '1' },
      { type: 'answer', ...call },
      { type: 'hangup', scope: 'ringing', ...call },
      { type: 'hold', action: 'hold', ...call },
      { type: 'transfer', number: '1', ...call },
      { type: 'dtmf', digits: '1', ...call },
      { type: 'audio', device: 'speaker', action: 'set', level: 3 },
      { type: 'feature', feature: 'dnd', action: 'on' },
    ])
      assert.equal(isOffered(command, PARTS), true, command.type);
    for (const command of [
      {},
      { type: 'app', action: 'exit' },
      { type: 'message', number: '1', text: 'Hi' },
      { type: 'feature', feature: 'forwarding', action: 'on' },
      { type: 'conference', action: 'merge', ...call },
      { type: 'answer' },
      { type: 'hangup', scope: 'all' },
      { type: 'hangup', scope: 'all', callId: '' },
      { type: 'hangup', scope: 'all', callId: ['b1f0'] },
      { type: 'hangup', scope: 'all', callId: 'a\nb' },
      { type: 'dial', number: '1', ...call },
      { type: 'toString' },
      { type: '__proto__' },
      { type: ['dial'], number: '1' },
    ])
      assert.equal(isOffered(command, PARTS), false, JSON.stringify(command));
  });

  it('is only done with a part that is shown', () => {
    assert.equal(isOffered({ type: 'dial', number: '1' }, ['today']), false);
    assert.equal(isOffered({ type: 'dial', number: '1' }, ['keypad']), true);
    assert.equal(isOffered({ type: 'answer', callId: 'b' }, ['dial', 'keypad', 'audio', 'dnd', 'today']), false);
    assert.equal(isOffered({ type: 'audio', device: 'speaker', action: 'mute' }, ['calls']), false);
  });

  it('concerns all parts unless the node has a list, and then none that it does not know', () => {
    assert.deepEqual(shownParts(undefined), PARTS);
    assert.deepEqual(shownParts([]), []);
    assert.deepEqual(shownParts(['today', 'calls', 'camera']), ['calls', 'today']);
  });
});
