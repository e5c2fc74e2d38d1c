import assert from 'node:assert/strict';
import type { Call } from '../../../src/phone/call';
import type { CheckedCommand, Plan } from '../../../src/phone/command-plan';
import { outcomeOf, type Outcome } from '../../../src/phone/outcome';

const call = (more: Partial<Call>): Call => ({ callId: 'c', callState: 'connected', startTime: 0, ...more });

const ROWS: [string, CheckedCommand, Partial<Plan>, Call[], Outcome][] = [
  ['answered', { type: 'answer' }, { callId: 'c' }, [call({})], 'came'],
  ['still ringing', { type: 'answer' }, { callId: 'c' }, [call({ callState: 'ringing' })], 'awaited'],
  ['gone instead of answered', { type: 'answer' }, { callId: 'c' }, [], 'gone'],
  [
    'answered and over already',
    { type: 'answer' },
    { callId: 'c' },
    [call({ callState: 'ended', answerTime: 1 })],
    'came',
  ],
  ['ended', { type: 'hangup', scope: 'all' }, { ends: ['c'] }, [call({ callId: 'other' })], 'came'],
  ['not ended', { type: 'hangup', scope: 'all' }, { ends: ['c'] }, [call({})], 'awaited'],
  ['held', { type: 'hold', action: 'hold' }, { callId: 'c', holds: true }, [call({ callState: 'held' })], 'came'],
  ['not held', { type: 'hold', action: 'hold' }, { callId: 'c', holds: true }, [call({})], 'awaited'],
  [
    'held by the other side only',
    { type: 'hold', action: 'hold' },
    { callId: 'c', holds: true },
    [call({ callState: 'held', heldBy: 'remote' })],
    'awaited',
  ],
  ['resumed', { type: 'hold', action: 'resume' }, { callId: 'c', holds: false }, [call({})], 'came'],
  ['transferred', { type: 'transfer', target: '1' }, { callId: 'c' }, [call({ transferredTo: '1' })], 'came'],
  ['not transferred yet', { type: 'transfer', target: '1' }, { callId: 'c' }, [call({})], 'unsure'],
  ['gone instead of held', { type: 'hold', action: 'hold' }, { callId: 'c', holds: true }, [], 'gone'],
  ['digits', { type: 'dtmf', digits: '1' }, { callId: 'c' }, [call({})], 'came'],
  ['dialled', { type: 'dial', target: '1' }, { callId: 'c' }, [call({ callState: 'dialing' })], 'came'],
  ['dialled and over already', { type: 'dial', target: '1' }, { callId: 'c' }, [call({ callState: 'ended' })], 'came'],
  ['nothing to see of a dial', { type: 'dial', target: '1' }, { callId: 'c' }, [], 'awaited'],
  ['dialled with another account', { type: 'dial', target: '1', account: 2 }, { callId: 'c' }, [], 'unsure'],
  ['a message', { type: 'message', target: '1', text: 'x' }, {}, [], 'unseen'],
];

describe('outcome of a command', () => {
  it('a dial that the peer itself confirms: came', () => {
    const view = { calls: [], knownCalls: [], confirmsDial: true };
    assert.equal(outcomeOf({ type: 'dial', target: '1' }, { actions: [], callId: 'c' }, view), 'came');
  });

  for (const [what, command, todo, calls, outcome] of ROWS) {
    it(`${what}: ${outcome}`, () => {
      const open = calls.filter(({ callState }) => callState !== 'ended');
      assert.equal(outcomeOf(command, { actions: [], ...todo }, { calls: open, knownCalls: calls }), outcome);
    });
  }
});
