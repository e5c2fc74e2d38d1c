import assert from 'node:assert/strict';
import type { Call } from '../../../../src/phone/calls/call';
import type { AppAction, AudioAction } from '../../../../src/phone/commands/command';
import type { CheckedCommand, Plan } from '../../../../src/phone/plan/plan';
import { effectOf, type Effect, type EffectView } from '../../../../src/phone/commands/effect';
import type { AudioState } from '../../../../src/phone/ports/surface';

const call = (more: Partial<Call>): Call => ({ callId: 'c', callState: 'connected', startTime: 0, ...more });

const ROWS: [string, CheckedCommand, Partial<Plan>, Call[], Effect][] = [
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

describe('effect of a command', () => {
  it('a dial that the peer itself confirms: came', () => {
    const view = { presence: 'ready' as const, calls: [], knownCalls: [], confirmsDial: true };
    assert.equal(effectOf({ type: 'dial', target: '1' }, { actions: [], callId: 'c' }, view), 'came');
  });

  for (const [what, command, todo, calls, effect] of ROWS) {
    it(`${what}: ${effect}`, () => {
      const open = calls.filter(({ callState }) => callState !== 'ended');
      const view = { presence: 'ready' as const, calls: open, knownCalls: calls };
      assert.equal(effectOf(command, { actions: [], ...todo }, view), effect);
    });
  }

  const SEEN: [string, CheckedCommand, Plan['audio'], Partial<EffectView>, Effect][] = [
    ['muted', audio('mute'), { muted: true }, showing({ muted: true, level: 50 }), 'came'],
    ['not muted yet', audio('mute'), { muted: true }, showing({ muted: false, level: 50 }), 'awaited'],
    ['louder', audio('up'), { level: 55 }, showing({ muted: false, level: 55 }), 'came'],
    ['not louder yet', audio('up'), { level: 55 }, showing({ muted: false, level: 50 }), 'awaited'],
    ['a level that nobody sees', audio('up'), undefined, showing({ muted: false }), 'unseen'],
    ['an audio that nobody sees', audio('mute'), { muted: true }, {}, 'unseen'],
    ['started', app('start'), undefined, { presence: 'ready' }, 'came'],
    ['starting', app('start'), undefined, { presence: 'starting' }, 'awaited'],
    ['busy with its start', app('start'), undefined, { presence: 'hung' }, 'awaited'],
    ['exited', app('exit'), undefined, { presence: 'absent' }, 'came'],
    ['on its way out', app('exit'), undefined, { presence: 'hung' }, 'awaited'],
    ['shown', app('show'), undefined, showing({ muted: false }, true), 'came'],
    ['still shown', app('minimize'), undefined, showing({ muted: false }, true), 'awaited'],
    ['a window that nobody sees', app('show'), undefined, {}, 'unseen'],
    ['another account', app('account'), undefined, showing({ muted: false }), 'unseen'],
  ];
  for (const [what, command, wanted, seen, effect] of SEEN) {
    it(`${what}: ${effect}`, () => {
      const view: EffectView = { presence: 'ready', calls: [], knownCalls: [], ...seen };
      assert.equal(effectOf(command, { actions: [], ...(wanted && { audio: wanted }) }, view), effect);
    });
  }
});

function audio(action: AudioAction): CheckedCommand {
  return { type: 'audio', device: 'speaker', action };
}

function app(action: AppAction): CheckedCommand {
  return { type: 'app', action };
}

function showing(speaker: AudioState, shown?: boolean): Partial<EffectView> {
  return { surface: { audio: () => ({ speaker, microphone: { muted: true, level: 1 } }), shown: () => shown } };
}
