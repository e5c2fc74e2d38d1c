import { FEATURES, type Features } from '../commands/command';
import type { AudioLevels, AudioState } from '../ports/surface';
import { shownPath, shownText } from '../texts/shown-text';
import { validUri } from '../texts/valid-uri';
import type { Voicemail } from '../voicemail';
import type { CallQuality } from './call-quality';
import { present, presentIfAny } from './present';

// Figures come from texts that others wrote: what cannot be such a figure is not known.

export function admittedFeatures(seen: Features): Features {
  const known = FEATURES.filter((name) => typeof seen[name] === 'boolean');
  return Object.fromEntries(known.map((name) => [name, seen[name]]));
}

export function admittedAudio({ microphone, speaker }: AudioLevels): AudioLevels {
  const admitted = ({ muted, level }: AudioState): AudioState => ({ muted, ...present({ level: percent(level) }) });
  return { microphone: admitted(microphone), speaker: admitted(speaker) };
}

export function admittedVoicemail(seen: Voicemail): Voicemail {
  const { waiting, account } = seen;
  return {
    waiting,
    ...present({
      new: count(seen.new),
      old: count(seen.old),
      urgentNew: count(seen.urgentNew),
      urgentOld: count(seen.urgentOld),
      account: validUri(account) ?? wholeText(account),
    }),
  };
}

/** @returns undefined when nothing is known */
export function admittedQuality(seen: CallQuality | undefined): CallQuality | undefined {
  const { codec, clockRate, received, sent, rttMs, mos } = seen ?? {};
  return presentIfAny({
    codec: shownText(codec),
    clockRate: count(clockRate),
    received: presentIfAny({
      packets: count(received?.packets),
      lossPercent: percent(received?.lossPercent),
      discardedPercent: percent(received?.discardedPercent),
      jitterMs: ms(received?.jitterMs),
    }),
    sent: presentIfAny({
      packets: count(sent?.packets),
      lossPercent: percent(sent?.lossPercent),
      jitterMs: ms(sent?.jitterMs),
    }),
    rttMs: ms(rttMs),
    mos: between(1, 5, mos),
  });
}

export const admittedRecording = shownPath;

/** Half an address is somebody else's. */
function wholeText(text: string | undefined): string | undefined {
  return shownText(text) === text ? text : undefined;
}

function count(value: number | undefined): number | undefined {
  return Number.isSafeInteger(value) ? between(0, Number.MAX_SAFE_INTEGER, value) : undefined;
}

function percent(value: number | undefined): number | undefined {
  return between(0, 100, value);
}

function ms(value: number | undefined): number | undefined {
  return between(0, Number.MAX_SAFE_INTEGER, value);
}

function between(least: number, most: number, value: number | undefined): number | undefined {
  return value !== undefined && value >= least && value <= most ? value : undefined;
}
