import type { Surface } from '../phone/surface';
import type { SimulatedMicrosip } from '../simulator/simulated-microsip';

/** What a simulated MicroSIP shows besides its calls. */
export class SimulatorSurface implements Surface {
  constructor(private readonly microsip: SimulatedMicrosip) {}

  audio(): ReturnType<Surface['audio']> {
    const { microphone, speaker } = this.microsip.audio;
    return { microphone: { ...microphone }, speaker: { ...speaker } };
  }

  shown(): boolean {
    return this.microsip.window.isShown;
  }
}
