import { completed } from '../call-outcome';
import type { CallEndedObservation, CallObservation, CallTransferredObservation } from '../observation';
import { movesOf } from './call-moves';
import type { Step } from './call-steps';
import { isBetter } from './sources';
import { CONFIRMED_WITHIN, type ToE164, type TrackedCall } from './tracked-call';
import type { TrackerState } from './tracker-state';

/** What becomes of a call after its beginning: how it moves on and how it ends. */
export class CallLives {
  constructor(
    private readonly state: TrackerState,
    private readonly e164: ToE164 | undefined,
  ) {}

  advance(tracked: TrackedCall, seen: CallObservation): void {
    if (tracked.over) return;
    const { call } = tracked;
    tracked.unseen = false;
    tracked.learn(seen, this.e164);
    if (isBetter(seen.source, tracked.lead)) tracked.lead = seen.source;
    if (seen.source === tracked.lead) tracked.believe(seen);
    const { moves, doubtful } = movesOf(tracked, seen);
    if (doubtful) tracked.answerDoubt ??= { seen, since: this.state.now };
    for (const step of moves) this.move(tracked, seen, step);
    const seesHolder = seen.source === tracked.progressLead && seen.state === 'held' && call.callState === 'held';
    if (seesHolder && seen.heldBy) call.heldBy = seen.heldBy;
  }

  transferred({ key, source, target, time }: CallTransferredObservation): void {
    const tracked = this.state.registry.find({ source, key });
    if (!tracked || tracked.call.transferredTo !== undefined) return;
    tracked.call.transferredTo = target;
    this.state.emit('transferred', source, tracked.call, false, time);
  }

  /** The word of a worse source than the lead is only taken when the lead is silent. */
  finish(tracked: TrackedCall, seen: CallEndedObservation): void {
    if (tracked.over) return;
    if (seen.source === tracked.lead || isBetter(seen.source, tracked.lead)) {
      this.end(tracked, seen);
      return;
    }
    this.state.registry.unlink(tracked, seen.source);
    if (!tracked.endDoubt || isBetter(seen.source, tracked.endDoubt.seen.source)) {
      tracked.endDoubt = { seen, since: tracked.endDoubt?.since ?? this.state.now };
    }
  }

  endAll(which: (tracked: TrackedCall) => boolean): void {
    const { registry, now } = this.state;
    for (const tracked of registry.open.filter(which)) {
      this.end(tracked, { ending: {}, time: now, source: 'watchdog', inferred: true });
    }
  }

  /** Believes what others saw and the lead has not told of in time. */
  settleDoubts(): void {
    const { registry, now } = this.state;
    for (const tracked of registry.open) {
      const { answerDoubt, endDoubt } = tracked;
      if (endDoubt && now - endDoubt.since >= CONFIRMED_WITHIN) {
        this.end(tracked, { ...endDoubt.seen, inferred: true });
      } else if (answerDoubt && now - answerDoubt.since >= CONFIRMED_WITHIN) this.believeAnswer(tracked);
    }
  }

  /** When `settleDoubts` has something to do, ms since 1970 by our clock. */
  get deadlines(): number[] {
    return this.state.registry.open
      .flatMap(({ answerDoubt, endDoubt }) => [answerDoubt, endDoubt])
      .flatMap((doubt) => (doubt ? [doubt.since + CONFIRMED_WITHIN] : []));
  }

  private move(tracked: TrackedCall, seen: CallObservation, step: Step): void {
    const { call } = tracked;
    call.callState = step.state;
    if (step.event === 'answered') tracked.answerDoubt = undefined;
    if (step.event === 'answered') call.answerTime = Math.max(call.startTime, Math.min(seen.time, this.state.now));
    if (step.state === 'held') call.heldBy = seen.heldBy ?? 'local';
    else delete call.heldBy;
    this.state.emit(step.event, seen.source, call, step.inferred || seen.inferred === true, seen.time);
  }

  private believeAnswer(tracked: TrackedCall): void {
    const { answerDoubt } = tracked;
    if (!answerDoubt) return;
    tracked.answerDoubt = undefined;
    tracked.lead = answerDoubt.seen.source;
    this.advance(tracked, { ...answerDoubt.seen, inferred: true });
  }

  private end(tracked: TrackedCall, seen: Omit<CallEndedObservation, 'type' | 'key'>): void {
    const { source, inferred = false } = seen;
    // Another source saw an answer, and the way it ended does not speak against that.
    if ((seen.ending.sipStatus ?? 200) < 300) this.believeAnswer(tracked);
    const { call, endDoubt } = tracked;
    const { registry, now } = this.state;
    const byUs = source !== 'watchdog' && tracked.wasHungUp(now);
    const others = endDoubt?.seen.ending ?? {};
    const ending = { ...others, ...seen.ending };
    const added = Object.keys(ending).length > Object.keys(seen.ending).length && endDoubt?.seen.inferred === true;
    const endedBy = ending.endedBy ?? (byUs ? 'local' : 'unknown');
    const over = completed(call, { ...ending, endedBy }, Math.min(seen.time, now));
    registry.remove(tracked, over, now);
    this.state.emit('ended', source, over, inferred || added, seen.time);
  }
}
