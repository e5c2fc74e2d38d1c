import type { FinishedCall } from '../../phone/phone-event';

/** More are more than people look through. */
const MOST = 200;

/** The finished calls of one day. */
export class CallsToday {
  private calls: FinishedCall[] = [];

  add(finished: FinishedCall): void {
    this.calls = [finished, ...this.calls.filter(({ call }) => call.callId !== finished.call.callId)];
    this.calls.sort((one, other) => endOf(other) - endOf(one)).splice(MOST);
  }

  /** @param now ms since 1970 */
  on(now: number): FinishedCall[] {
    const today = dayOf(now);
    this.calls = this.calls.filter((finished) => dayOf(endOf(finished)) >= today);
    return this.calls.filter((finished) => dayOf(endOf(finished)) === today);
  }
}

function endOf({ call }: FinishedCall): number {
  return call.endTime ?? call.answerTime ?? call.startTime;
}

/** Midnight, by the clock of this computer. */
function dayOf(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0);
}
