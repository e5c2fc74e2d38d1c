import { isHeldHere, type CheckedCommand, type Plan, type PlanView } from './command-plan';

/**
 * - `came`: the observers show that the command had its effect.
 * - `awaited`: they do not show it yet, and would if it were so.
 * - `unseen`: no source can show it.
 */
export type Outcome = 'came' | 'awaited' | 'unseen';

/** Whether a command that was sent had its effect, as far as the calls now show. MicroSIP's answers do not tell that. */
export function outcomeOf(command: CheckedCommand, { callId, ends = [], holds }: Plan, { calls }: PlanView): Outcome {
  const call = calls.find((one) => one.callId === callId);
  switch (command.type) {
    case 'answer':
      return call?.callState === 'ringing' ? 'awaited' : 'came';
    case 'hangup':
      return calls.some((one) => ends.includes(one.callId)) ? 'awaited' : 'came';
    case 'hold':
      return call && isHeldHere(call) !== holds ? 'awaited' : 'came';
    case 'transfer':
      return call && call.transferredTo === undefined ? 'unseen' : 'came';
    // The call of a dial is waited for by the next command; digits and messages leave no trace that can be seen.
    case 'dial':
    case 'dtmf':
    case 'message':
      return 'unseen';
  }
}
