import type { AudioDevice } from './command';

export interface AudioState {
  muted: boolean;
  /** 0..100; absent when its slider is not shown. */
  level?: number;
}

export type AudioLevels = Record<AudioDevice, AudioState>;

/** What the peer shows besides its calls, as the latest look saw it. */
export interface Surface {
  /** undefined: its controls are not there to be read. */
  audio(): AudioLevels | undefined;
  /** Its main window is on the screen; undefined: nobody can tell. */
  shown(): boolean | undefined;
}
