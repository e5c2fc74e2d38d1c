import type { WindowSnapshot } from '../../microsip/window-snapshot';
import type { FeaturesObservation } from '../../phone/ports/observation';

/** Follows the switches of the dialer page (docs/microsip/further.md#A). */
export class FeatureWatch {
  private latest = '';

  look({ dialer }: Pick<WindowSnapshot, 'dialer'>, time: number): FeaturesObservation[] {
    const { features } = dialer ?? {};
    const now = JSON.stringify(features ?? {});
    if (!features || now === this.latest) return [];
    this.latest = now;
    return [{ type: 'features', time, source: 'window', features }];
  }

  forget(): void {
    this.latest = '';
  }
}
