import type { AudioAction, AudioDevice } from './commands/command-parser';
import type { Journal } from './journal';

export interface AudioState {
  muted: boolean;
  /** 0..100 */
  level: number;
}

const VOLUME_STEP = 5;

/** Microphone and speaker (docs/microsip/interface.md#2.4): they work without a call. */
export class Audio {
  readonly microphone: AudioState = { muted: false, level: 100 };
  readonly speaker: AudioState = { muted: false, level: 100 };

  /** @param changed told of every change */
  constructor(
    private readonly journal: Journal,
    private readonly changed: () => void,
  ) {}

  apply(device: AudioDevice, action: AudioAction): void {
    const state = this[device];
    switch (action) {
      case 'mute':
        state.muted = true;
        break;
      case 'unmute':
        state.muted = false;
        break;
      case 'toggle':
        state.muted = !state.muted;
        break;
      case 'up':
      case 'down':
        // docs/microsip/3.22.16.md#7: moving the level unmutes.
        state.muted = false;
        state.level = Math.min(100, Math.max(0, state.level + (action === 'up' ? VOLUME_STEP : -VOLUME_STEP)));
        break;
    }
    this.journal.add('audio', `${device} ${action}`);
    this.changed();
  }

  /** By hand: the box beside the slider, or the slider itself, which unmutes when it is moved. */
  set(device: AudioDevice, { muted, level }: Partial<AudioState>): void {
    const state = this[device];
    if (level !== undefined && level !== state.level) Object.assign(state, { level, muted: false });
    if (muted !== undefined) state.muted = muted;
    this.changed();
  }

  /** Mute is not stored, the level is (docs/microsip/3.22.16.md#7). */
  forget(): void {
    this.microphone.muted = false;
    this.speaker.muted = false;
  }
}
