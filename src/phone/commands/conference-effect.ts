import type { Call } from '../calls/call';
import type { ConferenceAction } from './command';
import type { Plan, PlanView } from '../plan/plan';
import { isActive, isHeldHere } from '../plan/selected-call';

interface ConferenceView
  extends Pick<PlanView, 'calls' | 'selected' | 'inConference'>, Partial<Pick<PlanView, 'seesHold'>> {}

/** As `Effect` has them. */
type ConferenceEffect = 'came' | 'awaited' | 'unsure' | 'gone';

/** MicroSIP shows no conference but by the calls that are not on hold, and these only in its log. */
export function conferenceEffect(action: ConferenceAction, plan: Plan, view: ConferenceView): ConferenceEffect {
  const { merges = [], callId } = plan;
  if (action === 'merge') {
    return mergeEffect(
      view.calls.filter((call) => merges.includes(call.callId)),
      view,
    );
  }
  const call = view.calls.find((one) => one.callId === callId);
  return call ? separateEffect(call, view) : 'gone';
}

function mergeEffect(members: readonly Call[], view: ConferenceView): ConferenceEffect {
  if (members.length < 2) return 'gone';
  const told = members.map((call) => view.inConference?.(call.callId));
  if (told.every((one) => one !== undefined))
    return told.every(Boolean) && !members.some(isHeldHere) ? 'came' : 'awaited';
  const sees = (call: Call): boolean => view.seesHold?.(call.callId) === true || call.callId === view.selected?.callId;
  if (members.some((call) => isHeldHere(call) && sees(call))) return 'awaited';
  return members.every(sees) ? 'came' : 'unsure';
}

function separateEffect(call: Call, view: ConferenceView): ConferenceEffect {
  const told = view.inConference?.(call.callId);
  if (told !== undefined) return told ? 'awaited' : 'came';
  const others = view.calls.filter((other) => other.callId !== call.callId && isActive(other));
  return isHeldHere(call) || others.every(isHeldHere) ? 'came' : 'unsure';
}
