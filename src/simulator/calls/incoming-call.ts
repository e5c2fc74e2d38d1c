import type { CallControl } from './call-control';
import { MOST_CALLS, refusalOf, SAME_CALLER } from './incoming-checks';
import { ENDINGS, type SimulatedCall } from './simulated-call';
import type { Parts } from '../parts';

const SECOND = 1000;

/** What MicroSIP does with an INVITE (docs/microsip/interface.md#8, and the order of #3). */
export function receiveCall(parts: Parts, control: CallControl, call: SimulatedCall): void {
  const { calls, journal, ui } = parts;
  if (calls.all.length >= MOST_CALLS) {
    journal.add('refused', 'No free call slot', call.sipCallId);
    calls.turnAway(call);
    return;
  }
  calls.offer(call);
  ui.proceed(() => {
    decide(parts, control, call);
  });
}

function decide(parts: Parts, control: CallControl, call: SimulatedCall): void {
  const { calls, journal, rules, switches } = parts;
  const why = refusalOf(rules, switches, calls.all, call);
  const forwardTo = forwardingNumber(parts);
  if (why !== undefined) {
    journal.add('refused', why, call.sipCallId);
    calls.refuse(call, { ...ENDINGS.refusedByUs, why, ...(why === SAME_CALLER && { unrecorded: true }) });
  } else if (forwardTo !== undefined && rules.forwardingDelay === 0) {
    journal.add('forwarded', forwardTo, call.sipCallId);
    calls.refuse(call, ENDINGS.forwardedByUs);
  } else if (answersByItself(parts) && answerDelay(parts) === 0) {
    journal.add('answered', call.number, call.sipCallId);
    // It never rings: the first that anybody sees of it is a connected call.
    calls.add({ ...call, stage: 'confirmed' });
  } else ring(parts, control, call);
}

function ring(parts: Parts, control: CallControl, call: SimulatedCall): void {
  const { calls, journal, rules } = parts;
  const forwardTo = forwardingNumber(parts);
  const answers = answersByItself(parts);
  calls.add(call);
  if (answers) {
    later(parts, answerDelay(parts), () => {
      control.answer(call);
    });
  }
  if (forwardTo !== undefined) {
    later(parts, rules.forwardingDelay, () => {
      if (!calls.isRinging(call)) return;
      journal.add('forwarded', forwardTo, call.sipCallId);
      control.reject(call, ENDINGS.forwardedByUs);
    });
  }
}

/** As with an empty `autoAnswerCalls` (docs/microsip/interface.md#4). */
function answersByItself({ calls, switches }: Parts): boolean {
  return switches.isOn('autoAnswer') && calls.all.length === 0;
}

function answerDelay({ rules }: Parts): number {
  return rules.autoAnswerDelay ?? 0;
}

/** Decided when the call comes (docs/microsip/further.md#A.4). */
function forwardingNumber({ rules, switches }: Parts): string | undefined {
  return switches.isOn('forwarding') ? rules.forwardingNumber : undefined;
}

function later({ timers, ui }: Parts, seconds: number, run: () => void): void {
  timers.after(seconds * SECOND, () => {
    ui.run(run);
  });
}
