import type { CallReconciler } from './call-reconciler';
import { COUNT_SETTLE, type Look } from './look';
import { isConfirmed, type WindowCall } from './window-call';

/** No call attempt goes on for longer than this (ms). */
const LONGEST_ATTEMPT = 180_000;

/**
 * Follows the calls behind tabs that are not selected, which only the multi-call mode has
 * (docs/microsip/interface.md#7.7). Of them MicroSIP shows nothing but how many calls are confirmed, so much cannot be
 * known:
 * - Which of several hidden calls has ended: the one that was not seen for the longest time is taken, as `inferred`.
 * - Whether a hidden call that is not confirmed still goes on: it stays open until the status bar is back at what it
 *   shows without calls, or no attempt can last that long.
 * - Whether a hidden call is on hold: it stays as it was seen, unless we ourselves have it resumed.
 */
export class HiddenCalls {
  private mismatch = '';
  private mismatchSince = 0;
  private idleSince: number | undefined;

  constructor(private readonly reconciler: CallReconciler) {}

  follow(look: Look): void {
    if (!look.multi || look.signs.dialerCall) return;
    this.raise(look);
    this.lower(look);
    this.endAttempts(look);
  }

  /** Those that were on hold, and were not seen by the latest look, have been resumed by a command of ours. */
  resumed(latestLook: number): void {
    for (const call of this.confirmed)
      if (call.stage === 'held' && call.seenAt < latestLook)
        Object.assign(call, { stage: 'connected', inferred: true });
  }

  /** Nothing is known of the time in between. */
  interrupted(): void {
    this.mismatch = '';
    this.idleSince = undefined;
  }

  /** More calls are confirmed than are known to be: when only one can have become so, it has. */
  private raise({ signs, time, untold }: Look): void {
    if (untold) return;
    if ((signs.status.confirmed ?? 0) <= this.confirmed.length) return;
    const lines = this.reconciler.lines.filter((call) => !isConfirmed(call) && call.seenAt < time);
    const missed = this.reconciler.ringing.filter(({ missedSince }) => missedSince !== undefined);
    const [only, ...others] = [...lines, ...missed];
    if (!only || others.length > 0) return;
    Object.assign(only, { stage: 'connected', missedSince: undefined, seenAt: time, inferred: true });
  }

  private lower(look: Look): void {
    const { confirmed } = this;
    const shown = confirmed.filter((call) => call.seenAt === look.time).length;
    const counted = Math.max(look.signs.status.confirmed ?? 0, shown);
    const mismatch = confirmed.length > counted ? `${counted}<${confirmed.length}` : '';
    if (mismatch !== this.mismatch) {
      this.mismatch = mismatch;
      this.mismatchSince = look.time;
    }
    if (mismatch === '') return;
    const left = this.mismatchSince + COUNT_SETTLE - look.time;
    if (left > 0) {
      look.lookAgainIn(left);
      return;
    }
    const longestUnseen = [...confirmed].sort((a, b) => a.seenAt - b.seenAt);
    for (const call of longestUnseen.slice(0, confirmed.length - counted)) this.reconciler.end(call);
  }

  private endAttempts(look: Look): void {
    const attempts = this.reconciler.lines.filter((call) => !isConfirmed(call) && call.seenAt < look.time);
    this.idleSince = look.idle && attempts.length > 0 ? (this.idleSince ?? look.time) : undefined;
    for (const call of attempts) {
      const idleLeft = this.idleSince === undefined ? Infinity : this.idleSince + COUNT_SETTLE - look.time;
      const left = Math.min(idleLeft, call.seenAt + LONGEST_ATTEMPT - look.time);
      if (left > 0) look.lookAgainIn(left);
      else this.reconciler.end(call);
    }
  }

  private get confirmed(): WindowCall[] {
    return this.reconciler.lines.filter(isConfirmed);
  }
}
