import type { CallObservation } from '../../ports/observation';
import type { TrackedCall } from '../calls/tracked-call';
import type { TrackerState } from '../state/tracker-state';
import { endWait, untilAnswered, type EndWait } from './patience';

/** What was seen of a call and is not told yet, since who leads it, or knows more of it, should tell of it. */
export class CallDoubts {
  /** @param joins until when a call that waits may turn out to be this one, ms since 1970 by our clock */
  constructor(
    private readonly state: TrackerState,
    private readonly joins: (tracked: TrackedCall) => number,
  ) {}

  doubtAnswer(tracked: TrackedCall, seen: CallObservation): void {
    if (tracked.answerDoubt) return;
    tracked.answerDoubt = { seen, since: this.state.now };
    const ms = untilAnswered(tracked, seen);
    const { source } = seen;
    this.state.conclude({ reason: 'answer_waits', source, others: [tracked.lead], ms }, tracked.call.callId);
  }

  /** An answer of which the lead has not told in time. */
  isAnswerDue(tracked: TrackedCall): boolean {
    const due = answerDue(tracked);
    return due !== undefined && due <= this.state.now;
  }

  /** For how long the end that was seen of a call waits, and for whom; undefined when none was seen. */
  endWait(tracked: TrackedCall): EndWait | undefined {
    const { registry, live, now } = this.state;
    return endWait(tracked, registry.open.length > 1, live, this.joins(tracked), now);
  }

  /** When one of them is to be believed, ms since 1970 by our clock. */
  get deadlines(): number[] {
    return this.state.registry.open
      .flatMap((tracked) => [answerDue(tracked), this.endWait(tracked)?.until])
      .filter((time) => time !== undefined);
  }
}

function answerDue(tracked: TrackedCall): number | undefined {
  const { answerDoubt } = tracked;
  return answerDoubt && answerDoubt.since + untilAnswered(tracked, answerDoubt.seen);
}
