import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LinkAction } from '../../../../src/phone/ports/link';
import { planAudio, type AudioCommand } from '../../../../src/phone/plan/audio-plan';
import { audioLevel } from '../../../../src/phone/guard/values/audio-level';
import type { AudioState, Surface } from '../../../../src/phone/ports/surface';
import { systemClock } from '../../../../src/clock';
import { Audio } from '../../../../src/simulator/audio';
import { Journal } from '../../../../src/simulator/journal';

const MUTED: AudioState = { muted: true, level: 50 };
const LOUD: AudioState = { muted: false, level: 50 };

function surface(microphone: AudioState | undefined): Surface {
  return {
    audio: () => microphone && { microphone, speaker: { muted: false, level: 7 } },
    shown: () => true,
  };
}

function words(actions: readonly LinkAction[]): string {
  return actions.map((action) => (action.do === 'audio' ? action.word : action.do)).join(' ');
}

describe('audio plan', () => {
  const command = (action: AudioCommand['action'], level?: number): AudioCommand => ({
    type: 'audio',
    device: 'microphone',
    action,
    ...(level !== undefined && { level }),
  });
  const ROWS: [AudioCommand['action'], number | undefined, AudioState, string, Partial<AudioState>][] = [
    ['mute', undefined, LOUD, 'micmute', { muted: true }],
    ['mute', undefined, MUTED, '', { muted: true }],
    ['unmute', undefined, MUTED, 'micunmute', { muted: false }],
    ['unmute', undefined, LOUD, '', { muted: false }],
    ['toggle', undefined, MUTED, 'micunmute', { muted: false }],
    ['toggle', undefined, LOUD, 'micmute', { muted: true }],
    ['up', undefined, LOUD, 'micup', { level: 55 }],
    ['up', undefined, { muted: false, level: 98 }, 'micup', { level: 100 }],
    ['up', undefined, { muted: false, level: 100 }, '', { level: 100 }],
    ['up', undefined, { muted: true, level: 100 }, 'micup', { level: 100 }],
    ['down', undefined, { muted: false, level: 3 }, 'micdown', { level: 0 }],
    ['set', 60, LOUD, 'micup micup', { level: 60 }],
    ['set', 40, LOUD, 'micdown micdown', { level: 40 }],
    ['set', 51, LOUD, '', { level: 50 }],
    ['set', 53, LOUD, 'micup', { level: 55 }],
    ['set', 50, MUTED, 'micunmute', { level: 50 }],
    ['set', 100, { muted: false, level: 92 }, 'micup micup', { level: 100 }],
    ['set', 0, { muted: false, level: 6 }, 'micdown micdown', { level: 0 }],
  ];
  for (const [action, level, now, sent, audio] of ROWS)
    it(`${action} ${level ?? ''} of ${now.muted ? 'muted ' : ''}${now.level}: ${sent || 'nothing'}`, () => {
      const plan = planAudio(command(action, level), surface(now));
      assert.equal(words(plan.actions), sent);
      assert.deepEqual(plan.audio, audio);
    });

  it('sends what needs no look although nothing can be seen, and nothing else', () => {
    const blind = surface(undefined);
    for (const [action, sent] of [
      ['mute', 'micmute'],
      ['unmute', 'micunmute'],
      ['up', 'micup'],
      ['down', 'micdown'],
    ] as const)
      assert.equal(words(planAudio(command(action), blind).actions), sent);
    for (const unseen of [command('toggle'), command('set', 5)])
      assert.throws(() => planAudio(unseen, blind), { code: 'unsupported' });
    assert.throws(() => planAudio(command('set', 5), surface({ muted: false })), { code: 'unsupported' });
  });

  it('knows the two orders for peers that show nothing', () => {
    assert.deepEqual(planAudio(command('toggle'), undefined).actions, [{ do: 'toggle_mute', device: 'microphone' }]);
    assert.deepEqual(planAudio({ type: 'audio', device: 'speaker', action: 'set', level: 5 }, undefined).actions, [
      { do: 'set_volume', device: 'speaker', level: 5 },
    ]);
    for (const action of ['mute', 'unmute', 'up', 'down'] as const)
      assert.throws(() => planAudio(command(action), undefined), { code: 'unsupported' });
  });

  it('leads to the level that it promises, from any level, and comes as near as steps can', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 100 }),
        fc.boolean(),
        fc.integer({ min: 0, max: 100 }),
        (from, muted, to) => {
          const audio = new Audio(new Journal(systemClock), () => undefined);
          Object.assign(audio.microphone, { muted, level: from });
          const { actions, audio: promised } = planAudio(command('set', to), surface({ muted, level: from }));
          for (const word of words(actions).split(' ').filter(Boolean))
            audio.apply('microphone', word.slice('mic'.length) as 'up' | 'down' | 'unmute');
          assert.deepEqual(audio.microphone, { muted: false, level: promised?.level });
          const off = Math.abs(audio.microphone.level - to);
          assert.ok(off <= 2, `${from} to ${to} ends at ${audio.microphone.level}`);
          if (to === 0 || to === 100) assert.equal(off, 0);
        },
      ),
    );
  });
});

describe('audio level', () => {
  it('is a number from 0 to 100, also as text', () => {
    for (const [value, level] of [
      [0, 0],
      [100, 100],
      ['35', 35],
      [' 7 ', 7],
      [42.4, 42],
    ] as const)
      assert.equal(audioLevel(value), level);
    for (const value of [-1, 101, NaN, Infinity, '', ' ', 'loud', null, undefined, true, [5], {}])
      assert.throws(() => audioLevel(value), { code: 'config' });
  });
});
