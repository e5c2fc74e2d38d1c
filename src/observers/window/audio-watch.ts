import type { WindowSnapshot } from '../../microsip/window-snapshot';
import type { AudioObservation } from '../../phone/ports/observation';
import { audioOf } from './dialer-audio';

/** Follows the mute boxes and levels of the dialer page, whoever moves them. */
export class AudioWatch {
  private latest = '';

  look({ dialer }: Pick<WindowSnapshot, 'dialer'>, time: number): AudioObservation[] {
    if (!dialer) return [];
    const audio = audioOf(dialer);
    const now = JSON.stringify(audio);
    if (now === this.latest) return [];
    this.latest = now;
    return [{ type: 'audio', time, source: 'window', audio }];
  }

  forget(): void {
    this.latest = '';
  }
}
