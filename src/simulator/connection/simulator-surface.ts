import type { Features } from '../../phone/commands/command';
import type { SelectedTab, Surface } from '../../phone/ports/surface';
import type { SimulatedMicrosip } from '../simulated-microsip';

/** What a simulated MicroSIP shows besides its calls. */
export class SimulatorSurface implements Surface {
  constructor(private readonly microsip: SimulatedMicrosip) {}

  audio(): ReturnType<Surface['audio']> {
    const { microphone, speaker } = this.microsip.audio;
    return { microphone: { ...microphone }, speaker: { ...speaker } };
  }

  features(): Features {
    return this.microsip.features;
  }

  selected(): SelectedTab | undefined {
    const { calls } = this.microsip;
    const call = calls.selected;
    return call ? { tab: call.sipCallId, hasCall: true, key: call.sipCallId } : { tab: '', hasCall: false };
  }

  inConference(key: string): boolean | undefined {
    const call = this.microsip.calls.find(key);
    return call && call.inConference === true;
  }

  sendShown(): boolean {
    return this.microsip.control.isSendShown;
  }

  box(): string | undefined {
    return this.microsip.boxes.top;
  }

  shown(): boolean {
    return this.microsip.window.isShown;
  }
}
