import type { CallLives } from './call-lives';
import type { Source } from '../../calls/call';
import type { PresenceLead } from '../sources/presence-lead';
import { isBetter } from '../sources/source-ranks';
import type { TrackedCall } from '../calls/tracked-call';
import type { TrackerState } from '../state/tracker-state';

/** These show each call that there is. */
const ALL_SHOWING: readonly Source[] = ['window', 'status', 'simulator'];
/** ms; while MicroSIP runs the program of a hook, its windows do not show yet what the hook tells of. */
const WINDOWS_LATE = 5000;
/** ms; a log that has lost the end of a call goes on for ever, and no window is late for so long. */
const WINDOWS_ARE_RIGHT = 10_000;

/**
 * Calls that those who should show them do not show. One that is being talked on as another source has it ends when the
 * windows of MicroSIP are there and show no call at all. As long as they show any, one of several may be hidden behind it.
 */
export class UnshownCalls {
  private emptySince: number | undefined;

  constructor(
    private readonly state: TrackerState,
    private readonly lives: CallLives,
    private readonly presence: PresenceLead,
  ) {}

  /** @param waiting the windows show a call that is not told of yet */
  look(waiting: boolean): void {
    this.emptySince = this.windowsAreEmpty(waiting) ? (this.emptySince ?? this.state.now) : undefined;
  }

  /** The windows can be seen, and no call is known to them. */
  windowsAreEmpty(waiting: boolean): boolean {
    const { live, registry, opening } = this.state;
    if (!this.presence.bestIsReady || !live.wasHeard('window') || opening) return false;
    return !waiting && !registry.open.some((call) => call.isKnownTo('window'));
  }

  /** All have told what there is: a call that nobody has shown is over. */
  endUnseen(): void {
    this.lives.endAll((call) => call.unseen && this.wouldBeShown(call), 'not_shown_again');
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

  /** A source that is there now shows all calls, or showed this one before. */
  private wouldBeShown({ keys, since }: TrackedCall): boolean {
    if (keys.has('log') && this.presence.logTells) return true;
    if (!this.presence.bestIsReady) return false;
    return ALL_SHOWING.some((source) => keys.has(source)) || this.state.now - since > WINDOWS_LATE;
  }

  private due(tracked: TrackedCall): number | undefined {
    const { call, lead, unseen } = tracked;
    if (this.emptySince === undefined || !isBetter(lead, 'window')) return undefined;
    if (!unseen && call.answerTime === undefined) return undefined;
    return Math.max(this.emptySince, call.answerTime ?? 0) + WINDOWS_ARE_RIGHT;
  }
}
