import type { WindowSnapshot } from '../../microsip/window-snapshot';
import type { VoicemailObservation } from '../../phone/ports/observation';

/** Follows which of the two voicemail buttons is shown (docs/microsip/further.md#E): that says only whether there is mail. */
export class VoicemailWatch {
  private latest: boolean | undefined;

  look({ dialer }: WindowSnapshot, time: number): VoicemailObservation[] {
    const waiting = dialer?.voicemailWaiting;
    if (waiting === undefined || waiting === this.latest) return [];
    this.latest = waiting;
    return [{ type: 'voicemail', time, source: 'window', voicemail: { waiting } }];
  }

  forget(): void {
    this.latest = undefined;
  }
}
