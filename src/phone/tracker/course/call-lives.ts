import { isAnswered } from '../../calls/call';
import { completed } from '../../calls/call-outcome';
import { movesTo, type CallMove } from '../../calls/call-moves';
import type { ToE164 } from '../../numbers/e164';
import type {
  CallEndedObservation,
  CallMediaObservation,
  CallObservation,
  CallTransferredObservation,
} from '../../ports/observation';
import { correctTimes } from '../calls/call-times';
import { concludedTransfer } from '../calls/own-transfer';
import type { TrackedCall } from '../calls/tracked-call';
import { isBetter } from '../sources/source-ranks';
import type { Grounds, ReasonCode } from '../state/conclusions';
import type { Telling, TrackerState } from '../state/tracker-state';
import { believedMoves } from './believed-moves';
import { CallDoubts } from './call-doubts';

/** What becomes of a call after its beginning: how it moves on and how it ends. */
export class CallLives {
  private readonly doubts: CallDoubts;

  /** @param joins until when a call that waits may turn out to be this one, ms since 1970 by our clock */
  constructor(
    private readonly state: TrackerState,
    private readonly e164: ToE164 | undefined,
    joins: (tracked: TrackedCall) => number,
  ) {
    this.doubts = new CallDoubts(state, joins);
  }

  /** @param why it is believed, where that is more than that it was seen */
  advance(tracked: TrackedCall, seen: CallObservation, why?: Grounds): void {
    if (tracked.over) return;
    const { call } = tracked;
    this.state.registry.link(tracked, seen);
    tracked.shownBy(seen.source);
    if (isAnswered(seen.state)) tracked.guessedBy.delete(seen.source);
    tracked.learn(seen, this.e164);
    correctTimes(tracked, seen, this.state.now);
    if (isBetter(seen.source, tracked.lead)) tracked.lead = seen.source;
    if (seen.source === tracked.lead) tracked.believe(seen);
    const { moves, doubtful } = believedMoves(tracked, seen);
    if (doubtful) this.doubts.doubtAnswer(tracked, seen);
    for (const move of moves) this.move(tracked, seen, move, why ?? { reason: reasonOf(move, seen) });
    const seesHolder = seen.source === tracked.progressLead && seen.state === 'held' && call.callState === 'held';
    if (seesHolder && seen.heldBy) call.heldBy = seen.heldBy;
  }

  transferred({ key, source, target, time }: CallTransferredObservation): void {
    const tracked = this.state.registry.find({ source, key });
    if (!tracked || tracked.call.transferredTo !== undefined) return;
    this.tellTransfer(tracked, target, { source, seenAt: time, why: { reason: 'seen' } });
  }

  /** Something is known of the media of a call, which may be over. */
  noteMedia(seen: CallMediaObservation): void {
    const { media, registry } = this.state;
    for (const finished of media.note(seen)) this.state.finish(finished);
    const tracked = registry.find(seen);
    if (tracked) Object.assign(tracked.call, media.of(tracked.names));
  }

  /** A source says that it is over; it is told when nobody who knows more is to be expected to. */
  finish(tracked: TrackedCall, seen: CallEndedObservation): void {
    if (tracked.over) return;
    const { registry, now } = this.state;
    registry.unlink(tracked, seen.source);
    // It is rather the end of another call, which nobody answered.
    if (tracked.isDoubtfulTo(seen.source)) {
      this.state.conclude({ reason: 'nothing_new', source: seen.source }, tracked.call.callId);
      return;
    }
    tracked.ends.add(seen, now);
    if (this.settleEnd(tracked)) return;
    const { until = now, others = [] } = this.doubts.endWait(tracked) ?? {};
    this.state.conclude({ reason: 'end_waits', source: seen.source, others, ms: until - now }, tracked.call.callId);
  }

  endAll(which: (tracked: TrackedCall) => boolean, reason: ReasonCode): void {
    const { registry, now } = this.state;
    for (const tracked of registry.open.filter(which)) {
      const seen = tracked.leadSawEnd ? tracked.ends.best : undefined;
      if (seen) this.end(tracked, seen, { reason: 'seen' });
      else this.end(tracked, { ending: {}, time: now, source: 'watchdog', inferred: true }, { reason });
    }
  }

  /** The windows have shown for this long (ms) that there is no such call. */
  endUnshown(tracked: TrackedCall, ms: number): void {
    const end = { ending: {}, time: this.state.now, source: 'window' as const, inferred: true };
    this.end(tracked, end, { reason: 'windows_empty', ms });
  }

  /** Believes what was seen and the lead has not told of in time. */
  settle(): void {
    for (const finished of this.state.media.due(this.state.now)) this.state.finish(finished);
    for (const tracked of this.state.registry.open) {
      if (this.settleEnd(tracked) || !tracked.answerDoubt || !this.doubts.isAnswerDue(tracked)) continue;
      const ms = this.state.now - tracked.answerDoubt.since;
      this.believeAnswer(tracked, { reason: 'others_silent', others: [tracked.lead], ms });
    }
  }

  /** When `settle` has something to do, ms since 1970 by our clock. */
  get deadlines(): number[] {
    return [...this.doubts.deadlines, ...this.state.media.deadlines];
  }

  private move(
    tracked: TrackedCall,
    seen: CallObservation,
    { event, to, implied = false }: CallMove,
    why: Grounds,
  ): void {
    const { call } = tracked;
    call.callState = to;
    if (event === 'answered') this.answer(tracked, seen);
    // It is talked on: the transfer came to nothing.
    if (event === 'resumed') tracked.noteTransfer(undefined);
    if (to === 'held') call.heldBy = seen.heldBy ?? 'local';
    else delete call.heldBy;
    const concluded = seen.inferred === true || (event === 'answered' && seen.answeredAt !== undefined);
    this.state.emit({ event, call }, { source: seen.source, inferred: implied || concluded, seenAt: seen.time, why });
  }

  private answer(tracked: TrackedCall, { source, time, answeredAt = time }: CallObservation): void {
    const { call, times } = tracked;
    tracked.answerDoubt = undefined;
    call.answerTime = Math.max(call.startTime, Math.min(answeredAt, this.state.now));
    times.answer = source;
  }

  private believeAnswer(tracked: TrackedCall, why: Grounds): void {
    const { answerDoubt } = tracked;
    if (!answerDoubt) return;
    tracked.answerDoubt = undefined;
    tracked.lead = answerDoubt.seen.source;
    this.advance(tracked, { ...answerDoubt.seen, inferred: true }, why);
  }

  private tellTransfer({ call }: TrackedCall, target: string, telling: Telling): void {
    call.transferredTo = target;
    this.state.emit({ event: 'transferred', call }, telling);
  }

  /** @returns whether the call is over now */
  private settleEnd(tracked: TrackedCall): boolean {
    const { best, since } = tracked.ends;
    const wait = this.doubts.endWait(tracked);
    const { now, live } = this.state;
    if (!best || since === undefined || !wait || wait.until > now) return false;
    if (wait.until > since && !tracked.seenBy.has('history')) live.giveUp(['history']);
    const why: Grounds =
      wait.until > since
        ? { reason: 'others_silent', others: wait.others, ms: now - since }
        : { reason: best.inferred ? 'source_inferred' : 'seen' };
    this.end(tracked, isBetter(tracked.lead, best.source) ? { ...best, inferred: true } : best, why);
    return true;
  }

  private end(tracked: TrackedCall, seen: Omit<CallEndedObservation, 'type' | 'key'>, why: Grounds): void {
    const { source, inferred = false, time: seenAt } = seen;
    const { ending } = tracked.ends;
    // Another source saw an answer, and the way it ended does not speak against that.
    if ((ending.sipStatus ?? 200) < 300) this.believeAnswer(tracked, { reason: 'end_agrees' });
    const { call, ends, transfer } = tracked;
    const { registry, now } = this.state;
    const byUs = source !== 'watchdog' && tracked.wasHungUp(now);
    const added = ends.all.some(({ seen: other }) => other.inferred === true && other.source !== source);
    const adds = added && Object.keys(ending).length > Object.keys(seen.ending).length;
    const target = source === 'watchdog' ? undefined : concludedTransfer(tracked, now);
    if (target !== undefined) {
      const sentOn: Grounds = { reason: 'own_transfer', ms: now - (transfer?.since ?? now) };
      this.tellTransfer(tracked, target, { source, inferred: true, seenAt, why: sentOn });
    }
    const endedBy = ending.endedBy ?? (byUs ? 'local' : 'unknown');
    Object.assign(call, this.state.media.of(tracked.names));
    const over = completed(call, { ...ending, endedBy }, Math.min(seenAt, now));
    const moves = movesTo('over', call.callState);
    registry.remove(tracked, over, now);
    const reason = adds && why.reason === 'seen' ? 'cause_inferred' : why.reason;
    for (const { event } of moves) {
      const telling = { source, inferred: inferred || adds, seenAt, why: { ...why, reason }, keys: tracked.names };
      this.state.emit({ event, call: over }, telling);
    }
  }
}

function reasonOf({ event, implied }: CallMove, { answeredAt, inferred }: CallObservation): ReasonCode {
  if (implied) return 'implied';
  if (event === 'answered' && answeredAt !== undefined) return 'age';
  return inferred ? 'source_inferred' : 'seen';
}
