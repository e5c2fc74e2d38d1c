import type { CallLives } from './call-lives';
import { isBetter } from '../sources/source-ranks';
import type { TrackedCall } from '../calls/tracked-call';
import type { TrackerState } from '../state/tracker-state';

/** ms; a log that has lost the end of a call goes on for ever, and no window is late for so long. */
const WINDOWS_ARE_RIGHT = 10_000;

/**
 * Ends a call that is being talked on as another source has it, while the windows of MicroSIP are there and show no call
 * at all. As long as they show any, one of several may be hidden behind it.
 */
export class UnshownCalls {
  private emptySince: number | undefined;

  constructor(
    private readonly state: TrackerState,
    private readonly lives: CallLives,
  ) {}

  /** @param empty the windows can be seen, and no call is known to them */
  look(empty: boolean): void {
    this.emptySince = empty ? (this.emptySince ?? this.state.now) : undefined;
  }

  settle(): void {
    const { now, registry } = this.state;
    for (const tracked of registry.open) {
      const due = this.due(tracked);
      if (due !== undefined && due <= now) this.lives.endUnshown(tracked, now - (this.emptySince ?? now));
    }
  }

  get deadlines(): number[] {
    return this.state.registry.open.map((one) => this.due(one)).filter((time) => time !== undefined);
  }

  private due(tracked: TrackedCall): number | undefined {
    const { call, lead, unseen } = tracked;
    if (this.emptySince === undefined || !isBetter(lead, 'window')) return undefined;
    if (!unseen && call.answerTime === undefined) return undefined;
    return Math.max(this.emptySince, call.answerTime ?? 0) + WINDOWS_ARE_RIGHT;
  }
}
