import type { Call } from './call';
import { isHeldHere, type CheckedCommand, type Plan, type PlanView } from './command-plan';

/**
 * - `came`: the observers show that the command had its effect.
 * - `awaited`: they do not show it yet, and would if it were so.
 * - `unsure`: they do not show it yet, and it may well come later.
 * - `unseen`: no source can show it.
 * - `gone`: the call ended before the command could have its effect.
 */
export type Outcome = 'came' | 'awaited' | 'unsure' | 'unseen' | 'gone';

export interface OutcomeView extends Pick<PlanView, 'calls'> {
  /** The open calls and those that ended lately. */
  knownCalls: readonly Call[];
  /** The peer itself says whether it took a dial. */
  confirmsDial?: boolean;
}

/** Whether a command that was sent had its effect, as far as the calls now show. MicroSIP's answers do not tell that. */
export function outcomeOf(command: CheckedCommand, { callId, ends = [], holds }: Plan, view: OutcomeView): Outcome {
  const open = view.calls.find((one) => one.callId === callId);
  const known = view.knownCalls.find((one) => one.callId === callId);
  switch (command.type) {
    case 'dial':
      if (known || view.confirmsDial) return 'came';
      // With another account MicroSIP registers first, and dials as soon as it is registered (section 2.6).
      return command.account === undefined ? 'awaited' : 'unsure';
    case 'answer':
      if (open) return open.callState === 'ringing' ? 'awaited' : 'came';
      return known?.answerTime === undefined ? 'gone' : 'came';
    case 'hangup':
      return view.calls.some((one) => ends.includes(one.callId)) ? 'awaited' : 'came';
    case 'hold':
      if (!open) return 'gone';
      return isHeldHere(open) === holds ? 'came' : 'awaited';
    case 'transfer':
      return open && open.transferredTo === undefined ? 'unsure' : 'came';
    // That there is a call with media was seen before they were sent; the tones themselves leave no trace.
    case 'dtmf':
      return 'came';
    case 'message':
      return 'unseen';
  }
}
