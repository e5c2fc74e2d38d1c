import type { Call } from '../calls/call';
import type { PlanView } from './plan';
import { PhoneError } from '../errors/phone-error';
import { shownValue } from '../errors/shown-value';

export const isActive = (call: Call): boolean => call.callState === 'connected' || call.callState === 'held';

/** Held by us: what the far end holds goes on for us. */
export function isHeldHere({ callState, heldBy }: Pick<Call, 'callState' | 'heldBy'>): boolean {
  return callState === 'held' && heldBy !== 'remote';
}

/**
 * The call that hold, transfer and DTMF are to act on. MicroSIP lets them act on the selected tab
 * (docs/microsip/interface.md#2.7), which may be that of a call that is over, or of a chat: then nothing happens
 * (docs/microsip/corrections.md#11).
 * @param callId undefined: the current call
 * @throws PhoneError `no_call` when it is not there or not answered, `unsupported` when another tab is selected
 */
export function selectedCall(callId: string | undefined, view: PlanView): Call {
  const active = view.calls.filter(isActive);
  const chosen = callId ?? view.selected?.callId;
  const call = chosen === undefined ? active[0] : find(chosen, view.calls);
  const current = callId === undefined && call && !isActive(call) ? active[0] : call;
  if (!current || !isActive(current)) throw new PhoneError('no_call', 'not_answered');
  if (!isSelected(current, active, view)) throw new PhoneError('unsupported', 'not_selected');
  return current;
}

/**
 * Where nobody can see which tab is selected: with several calls it is the one that is not on hold by us, since MicroSIP
 * holds all others when it selects one.
 */
function isSelected(call: Call, active: readonly Call[], { selected }: PlanView): boolean {
  if (selected) return selected.callId === call.callId;
  const others = active.filter((other) => other.callId !== call.callId);
  return others.length === 0 || (!isHeldHere(call) && others.every(isHeldHere));
}

export function find(callId: string, calls: readonly Call[]): Call {
  const call = calls.find((one) => one.callId === callId);
  if (!call) throw new PhoneError('no_call', 'unknown_call', { callId: shownValue(callId) });
  return call;
}

/**
 * MicroSIP has all other calls on hold, unless it has made a conference of them.
 * @returns undefined when nobody can tell
 */
export function inConference(call: Call, view: PlanView): boolean | undefined {
  const told = view.inConference?.(call.callId);
  if (told !== undefined) return told;
  if (isHeldHere(call)) return false;
  const others = view.calls.filter((other) => other.callId !== call.callId && isActive(other));
  if (others.some((other) => !isHeldHere(other) && view.seesHold(other.callId))) return true;
  return others.every((other) => view.seesHold(other.callId)) ? false : undefined;
}

export function mayBeConference(call: Call, view: PlanView): boolean {
  return inConference(call, view) === true;
}
