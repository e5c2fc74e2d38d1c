import { every, type Clock } from '../../clock';
import type { Phone } from '../../phone/phone';

/** ms */
const LOOK = 1000;

/** Notices mute boxes and levels that somebody has moved at the phone itself: it tells of calls, not of these. */
export class AudioWatch {
  private seen: string | undefined;
  private cancel: (() => void) | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly phone: Pick<Phone, 'snapshot'>,
    private readonly changed: () => void,
  ) {}

  start(): void {
    this.cancel = every(this.clock, LOOK, () => {
      this.look();
    });
  }

  stop(): void {
    this.cancel?.();
  }

  private look(): void {
    const audio = JSON.stringify(this.phone.snapshot().audio);
    if (audio === this.seen) return;
    this.seen = audio;
    this.changed();
  }
}
