import { ERROR_CODES } from '../phone/errors/phone-error';
import { FEATURES, type Features } from '../phone/commands/command';
import type { AudioLevels, AudioState } from '../phone/ports/surface';
import type { PhoneSnapshot } from '../phone/phone';
import type { Voicemail } from '../phone/voicemail';
import {
  fieldsOf,
  numberBetween,
  text,
  truth,
  wholeBetween,
  wordOf,
  type OptionalFields,
  type Reader,
} from './json-reader';

/** How a phone stands besides its calls and its registration. */
export type Standing = Pick<PhoneSnapshot, 'features' | 'audio' | 'voicemail' | 'problem' | 'problemText'>;

export function standingJson({ problem, problemText, features, audio, voicemail }: Standing): Standing {
  return {
    ...(problem && { problem }),
    ...(problemText !== undefined && { problemText }),
    ...(features && { features: { ...features } }),
    ...(audio && { audio: structuredClone(audio) }),
    ...(voicemail && { voicemail: { ...voicemail } }),
  };
}

const features = Object.fromEntries(FEATURES.map((name) => [name, truth])) as OptionalFields<Features>;
export const readFeatures = fieldsOf<Features>({}, features);

const audioState = fieldsOf<AudioState>({ muted: truth }, { level: numberBetween(0, 100) });
const readAudio: Reader<AudioLevels> = fieldsOf<AudioLevels>({ microphone: audioState, speaker: audioState }, {});

const count = wholeBetween(0, Number.MAX_SAFE_INTEGER);
const readVoicemail: Reader<Voicemail> = fieldsOf<Voicemail>(
  { waiting: truth },
  { new: count, old: count, urgentNew: count, urgentOld: count, account: text },
);

export const STANDING: OptionalFields<Standing> = {
  problem: wordOf(ERROR_CODES),
  problemText: text,
  features: readFeatures,
  audio: readAudio,
  voicemail: readVoicemail,
};
