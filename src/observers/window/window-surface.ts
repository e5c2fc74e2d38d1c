import type { AudioState, Surface } from '../../phone/surface';
import type { MicrosipWindow } from '../../win32/window-snapshot';

/** What MicroSIP's windows show besides its calls (interface document, section 7.5). */
export class WindowSurface implements Surface {
  constructor(private readonly window: Pick<MicrosipWindow, 'snapshot'>) {}

  audio(): ReturnType<Surface['audio']> {
    const { dialer } = this.window.snapshot ?? {};
    if (!dialer) return undefined;
    const { microphoneMuted, microphoneLevel, speakerMuted, speakerLevel } = dialer;
    return { microphone: stateOf(microphoneMuted, microphoneLevel), speaker: stateOf(speakerMuted, speakerLevel) };
  }

  shown(): boolean | undefined {
    return this.window.snapshot?.shown;
  }
}

function stateOf(muted: boolean, level: number | undefined): AudioState {
  return { muted, ...(level !== undefined && { level }) };
}
