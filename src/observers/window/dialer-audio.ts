import type { DialerPage } from '../../microsip/window-snapshot';
import type { AudioLevels, AudioState } from '../../phone/ports/surface';

/** The mute boxes and levels of the dialer page (docs/microsip/interface.md#7.5). */
export function audioOf({ microphoneMuted, microphoneLevel, speakerMuted, speakerLevel }: DialerPage): AudioLevels {
  return { microphone: stateOf(microphoneMuted, microphoneLevel), speaker: stateOf(speakerMuted, speakerLevel) };
}

function stateOf(muted: boolean, level: number | undefined): AudioState {
  return { muted, ...(level !== undefined && { level }) };
}
