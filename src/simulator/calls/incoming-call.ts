import { MOST_CALLS, refusalOf, SAME_CALLER } from './incoming-checks';
import { ENDINGS, type SimulatedCall } from './simulated-call';
import type { SimulatedMicrosip } from '../simulated-microsip';

const SECOND = 1000;

/** What MicroSIP does with an INVITE (interface document, section 8, and the order of section 3). */
export function receiveCall(microsip: SimulatedMicrosip, call: SimulatedCall): void {
  const { calls, journal, ui } = microsip;
  if (calls.all.length >= MOST_CALLS) {
    journal.add('refused', 'No free call slot', call.sipCallId);
    calls.turnAway(call);
    return;
  }
  calls.offer(call);
  ui.proceed(() => {
    decide(microsip, call);
  });
}

function decide(microsip: SimulatedMicrosip, call: SimulatedCall): void {
  const { calls, journal, rules } = microsip;
  const why = refusalOf(microsip, call);
  if (why !== undefined) {
    journal.add('refused', why, call.sipCallId);
    calls.refuse(call, { ...ENDINGS.refusedByUs, why, ...(why === SAME_CALLER && { unrecorded: true }) });
  } else if (rules.forwardingNumber !== undefined && rules.forwardingDelay === 0) {
    journal.add('forwarded', rules.forwardingNumber, call.sipCallId);
    calls.refuse(call, ENDINGS.forwardedByUs);
  } else if (answersByItself(microsip) && rules.autoAnswerDelay === 0) {
    journal.add('answered', call.number, call.sipCallId);
    // It never rings: the first that anybody sees of it is a connected call.
    calls.add({ ...call, stage: 'confirmed' });
  } else ring(microsip, call);
}

function ring(microsip: SimulatedMicrosip, call: SimulatedCall): void {
  const { calls, control, journal, rules } = microsip;
  const { autoAnswerDelay, forwardingNumber, forwardingDelay } = rules;
  const answers = answersByItself(microsip);
  calls.add(call);
  if (answers && autoAnswerDelay !== undefined) {
    later(microsip, autoAnswerDelay, () => {
      control.answer(call);
    });
  }
  if (forwardingNumber !== undefined) {
    later(microsip, forwardingDelay, () => {
      if (!calls.isRinging(call)) return;
      journal.add('forwarded', forwardingNumber, call.sipCallId);
      control.reject(call, ENDINGS.forwardedByUs);
    });
  }
}

/** As with an empty `autoAnswerCalls` (interface document, section 4). */
function answersByItself({ calls, rules }: SimulatedMicrosip): boolean {
  return rules.autoAnswerDelay !== undefined && calls.all.length === 0;
}

function later({ timers, ui }: SimulatedMicrosip, seconds: number, run: () => void): void {
  timers.after(seconds * SECOND, () => {
    ui.run(run);
  });
}
