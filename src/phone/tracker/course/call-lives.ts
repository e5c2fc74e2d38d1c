import type { Source } from '../../calls/call';
import { completed } from '../../calls/call-outcome';
import type { CallEndedObservation, CallObservation, CallTransferredObservation } from '../../ports/observation';
import { movesOf } from './call-moves';
import { correctTimes } from '../calls/call-times';
import type { Step } from './call-steps';
import { concludedTransfer } from '../calls/own-transfer';
import { endDue, untilAnswered } from './patience';
import { isBetter } from '../sources/source-ranks';
import type { ToE164 } from '../../numbers/e164';
import type { TrackedCall } from '../calls/tracked-call';
import type { TrackerState } from '../state/tracker-state';

/** What becomes of a call after its beginning: how it moves on and how it ends. */
export class CallLives {
  /** @param joins until when a call that waits may turn out to be this one, ms since 1970 by our clock */
  constructor(
    private readonly state: TrackerState,
    private readonly e164: ToE164 | undefined,
    private readonly joins: (tracked: TrackedCall) => number,
  ) {}

  advance(tracked: TrackedCall, seen: CallObservation): void {
    if (tracked.over) return;
    const { call } = tracked;
    this.state.registry.link(tracked, seen);
    tracked.shownBy(seen.source);
    tracked.learn(seen, this.e164);
    correctTimes(tracked, seen, this.state.now);
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
    this.tellTransfer(tracked, target, { source, inferred: false, time });
  }

  private tellTransfer(
    { call }: TrackedCall,
    target: string,
    { source, inferred, time }: { source: Source; inferred: boolean; time: number },
  ): void {
    call.transferredTo = target;
    this.state.emit({ event: 'transferred', call }, source, inferred, time);
  }

  /** A source says that it is over; it is told when nobody who knows more is to be expected to. */
  finish(tracked: TrackedCall, seen: CallEndedObservation): void {
    if (tracked.over) return;
    this.state.registry.unlink(tracked, seen.source);
    tracked.ends.add(seen, this.state.now);
    this.settleEnd(tracked);
  }

  endAll(which: (tracked: TrackedCall) => boolean): void {
    const { registry, now } = this.state;
    for (const tracked of registry.open.filter(which)) {
      const seen = tracked.leadSawEnd ? tracked.ends.best : undefined;
      this.end(tracked, seen ?? { ending: {}, time: now, source: 'watchdog', inferred: true });
    }
  }

  /** The windows show that there is no such call. */
  endUnshown(tracked: TrackedCall): void {
    this.end(tracked, { ending: {}, time: this.state.now, source: 'window', inferred: true });
  }

  /** Believes what was seen and the lead has not told of in time. */
  settle(): void {
    for (const tracked of this.state.registry.open) {
      const due = this.answerDue(tracked);
      if (!this.settleEnd(tracked) && due !== undefined && due <= this.state.now) this.believeAnswer(tracked);
    }
  }

  /** When `settle` has something to do, ms since 1970 by our clock. */
  get deadlines(): number[] {
    return this.state.registry.open
      .flatMap((tracked) => [this.answerDue(tracked), this.endDue(tracked)])
      .filter((time) => time !== undefined);
  }

  private move(tracked: TrackedCall, seen: CallObservation, step: Step): void {
    const { call } = tracked;
    call.callState = step.state;
    if (step.event === 'answered') this.answer(tracked, seen);
    // It is talked on: the transfer came to nothing.
    if (step.event === 'resumed') tracked.noteTransfer(undefined);
    if (step.state === 'held') call.heldBy = seen.heldBy ?? 'local';
    else delete call.heldBy;
    const concluded = seen.inferred === true || (step.event === 'answered' && seen.answeredAt !== undefined);
    this.state.emit({ event: step.event, call }, seen.source, step.inferred || concluded, seen.time);
  }

  private answer(tracked: TrackedCall, { source, time, answeredAt = time }: CallObservation): void {
    const { call, times } = tracked;
    tracked.answerDoubt = undefined;
    call.answerTime = Math.max(call.startTime, Math.min(answeredAt, this.state.now));
    times.answer = source;
  }

  private answerDue(tracked: TrackedCall): number | undefined {
    const { answerDoubt } = tracked;
    return answerDoubt && answerDoubt.since + untilAnswered(tracked, answerDoubt.seen);
  }

  private believeAnswer(tracked: TrackedCall): void {
    const { answerDoubt } = tracked;
    if (!answerDoubt) return;
    tracked.answerDoubt = undefined;
    tracked.lead = answerDoubt.seen.source;
    this.advance(tracked, { ...answerDoubt.seen, inferred: true });
  }

  private endDue(tracked: TrackedCall): number | undefined {
    const { registry, live, now } = this.state;
    return endDue(tracked, registry.open.length > 1, live, this.joins(tracked), now);
  }

  /** @returns whether the call is over now */
  private settleEnd(tracked: TrackedCall): boolean {
    const { best } = tracked.ends;
    const due = this.endDue(tracked);
    if (!best || due === undefined || due > this.state.now) return false;
    if (due > (tracked.ends.since ?? due) && !tracked.seenBy.has('history')) this.state.live.giveUp(['history']);
    this.end(tracked, isBetter(tracked.lead, best.source) ? { ...best, inferred: true } : best);
    return true;
  }

  private end(tracked: TrackedCall, seen: Omit<CallEndedObservation, 'type' | 'key'>): void {
    const { source, inferred = false } = seen;
    const { ending } = tracked.ends;
    // Another source saw an answer, and the way it ended does not speak against that.
    if ((ending.sipStatus ?? 200) < 300) this.believeAnswer(tracked);
    const { call, ends } = tracked;
    const { registry, now } = this.state;
    const byUs = source !== 'watchdog' && tracked.wasHungUp(now);
    const added = ends.all.some(({ seen: other }) => other.inferred === true && other.source !== source);
    const adds = added && Object.keys(ending).length > Object.keys(seen.ending).length;
    const target = source === 'watchdog' ? undefined : concludedTransfer(tracked, now);
    if (target !== undefined) this.tellTransfer(tracked, target, { source, inferred: true, time: seen.time });
    const endedBy = ending.endedBy ?? (byUs ? 'local' : 'unknown');
    const over = completed(call, { ...ending, endedBy }, Math.min(seen.time, now));
    registry.remove(tracked, over, now);
    this.state.emit({ event: 'ended', call: over }, source, inferred || adds, seen.time);
  }
}
