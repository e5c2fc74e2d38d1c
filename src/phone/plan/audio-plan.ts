import type { AudioWord, LinkAction } from '../ports/link';
import type { AudioAction, AudioDevice } from '../commands/command';
import type { CheckedCommand, Plan } from './plan';
import { PhoneError } from '../errors/phone-error';
import type { AudioState, Surface } from '../ports/surface';

/** `micup` and its like move by this many of 100 (docs/microsip/interface.md#2.4). */
const STEP = 5;
const LOWEST = 0;
const HIGHEST = 100;
const PREFIX = { microphone: 'mic', speaker: 'speak' } as const;

export type AudioCommand = Extract<CheckedCommand, { type: 'audio' }>;

/**
 * What has to be sent so that a device stands as it should, and only that: words for muting set, but MicroSIP has no
 * word that sets a level (docs/microsip/interface.md#2.4).
 * @param surface absent: the peer shows nothing, and knows only the two orders of the older document
 * @throws PhoneError `unsupported` for what cannot be done unseen
 */
export function planAudio(command: AudioCommand, surface: Surface | undefined): Plan {
  if (!surface) return { actions: [unseenOrder(command)] };
  const { device, action } = command;
  const now = surface.audio()?.[device];
  switch (action) {
    case 'mute':
    case 'unmute':
      return planMute(device, action === 'mute', now);
    case 'toggle':
      if (!now) throw new PhoneError('unsupported', 'audio_unseen');
      return planMute(device, !now.muted, now);
    case 'up':
    case 'down':
      return planStep(device, action, now);
    case 'set':
      return planLevel(device, command.level ?? LOWEST, now);
  }
}

function unseenOrder({ device, action, level }: AudioCommand): LinkAction {
  if (action === 'toggle') return { do: 'toggle_mute', device };
  if (action === 'set' && level !== undefined) return { do: 'set_volume', device, level };
  throw new PhoneError('unsupported', 'audio_unseen');
}

function planMute(device: AudioDevice, muted: boolean, now: AudioState | undefined): Plan {
  const isSo = now?.muted === muted;
  return { actions: isSo ? [] : [word(device, muted ? 'mute' : 'unmute')], audio: { muted } };
}

/** Sent at the end of the scale too while it is muted: a step unmutes (docs/microsip/3.22.16.md#7). */
function planStep(device: AudioDevice, action: 'up' | 'down', now: AudioState | undefined): Plan {
  const actions = [word(device, action)];
  if (now?.level === undefined) return { actions };
  const level = stepped(now.level, action === 'up' ? 1 : -1);
  return { actions: level === now.level && !now.muted ? [] : actions, audio: { level } };
}

/** The nearest level that steps lead to; one that is muted is unmuted, as by a step. */
function planLevel(device: AudioDevice, wanted: number, now: AudioState | undefined): Plan {
  if (now?.level === undefined) throw new PhoneError('unsupported', 'audio_unseen');
  const { level: from } = now;
  const direction = wanted < from ? -1 : 1;
  let steps = 0;
  while (distance(from, steps + direction, wanted) < distance(from, steps, wanted)) steps += direction;
  const actions: LinkAction[] = Array.from({ length: Math.abs(steps) }, () => word(device, steps < 0 ? 'down' : 'up'));
  if (actions.length === 0 && now.muted) actions.push(word(device, 'unmute'));
  return { actions, audio: { level: stepped(from, steps) } };
}

function distance(from: number, steps: number, wanted: number): number {
  return Math.abs(stepped(from, steps) - wanted);
}

function stepped(from: number, steps: number): number {
  return Math.min(HIGHEST, Math.max(LOWEST, from + steps * STEP));
}

function word(device: AudioDevice, action: Exclude<AudioAction, 'toggle' | 'set'>): LinkAction {
  return { do: 'audio', word: `${PREFIX[device]}${action}` satisfies AudioWord };
}
