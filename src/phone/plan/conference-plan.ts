import type { Call } from '../calls/call';
import type { CheckedCommand, Plan, PlanView } from './plan';
import { PhoneError } from '../errors/phone-error';
import { find, inConference, isActive, isHeldHere } from './selected-call';

export type ConferenceCommand = Extract<CheckedCommand, { type: 'conference' }>;

/**
 * MicroSIP's menu acts on the call of the selected tab (docs/microsip/further.md#B.1).
 * @throws PhoneError `no_call` without a second call, or without a conference; `unsupported` in single-call mode, while a
 * call is not answered yet, when another tab is selected, and where conferences cannot be seen
 */
export function planConference(command: ConferenceCommand, view: PlanView): Plan {
  if (!view.surface?.selected) throw new PhoneError('unsupported', 'conference_unseen');
  if (view.singleMode && view.isModeSeen) throw new PhoneError('unsupported', 'single_mode');
  return command.action === 'merge' ? planMerge(command.callId, view) : planSeparate(command.callId, view);
}

/** Merge All would take in calls that ring, too, so that they are in the conference as soon as somebody answers. */
function planMerge(callId: string | undefined, view: PlanView): Plan {
  const { calls, selected } = view;
  if (callId !== undefined) find(callId, calls);
  if (calls.length < 2) throw new PhoneError('no_call', 'no_second_call');
  if (!calls.every(isActive)) throw new PhoneError('unsupported', 'unanswered_call');
  const front = calls.find((call) => call.callId === selected?.callId);
  if (!selected || !front) throw new PhoneError('unsupported', 'not_selected');
  return {
    actions: [
      // Merging resumes the other calls only.
      ...(isHeldHere(front) ? [{ do: 'toggle_hold' } as const] : []),
      { do: 'merge', tab: selected.tab },
    ],
    callId: callId ?? front.callId,
    merges: calls.map((call) => call.callId),
  };
}

function planSeparate(callId: string | undefined, view: PlanView): Plan {
  const { selected } = view;
  const call = chosenCall(callId, view);
  if (inConference(call, view) === false) throw new PhoneError('no_call', 'no_conference');
  if (selected?.callId !== call.callId) throw new PhoneError('unsupported', 'not_selected');
  return { actions: [{ do: 'separate', tab: selected.tab }], callId: call.callId };
}

function chosenCall(callId: string | undefined, { calls, selected }: PlanView): Call {
  const active = calls.filter(isActive);
  const call =
    callId === undefined ? (active.find((one) => one.callId === selected?.callId) ?? active[0]) : find(callId, calls);
  if (!call || !isActive(call)) throw new PhoneError('no_call', 'no_conference');
  return call;
}
