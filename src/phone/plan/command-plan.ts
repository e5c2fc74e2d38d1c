import type { LinkAction } from '../ports/link';
import type { Call } from '../calls/call';
import { planApp } from './app-plan';
import { planAudio } from './audio-plan';
import { planConference } from './conference-plan';
import { planFeature } from './feature-plan';
import type { RejectCode } from '../commands/command';
import { PhoneError, type ErrorReason } from '../errors/phone-error';
import { isPeerOf } from './same-peer';
import { find, isActive, isHeldHere, mayBeConference, selectedCall } from './selected-call';
import type { CheckedCommand, Plan, PlanView } from './plan';

/** The tab of a call is selected, and the other calls are on hold, this much (ms) after it was told of. */
const TAB_SETTLES = 500;
/** ms that the first call may take to show whether MicroSIP takes another one besides. */
const MODE_SHOWS = 300;
/** ms in which MicroSIP may show what was missing when a command was refused for this reason. */
const SHOWS_WITHIN: { [R in ErrorReason]?: number } = {
  not_shown: Infinity,
  not_selected: TAB_SETTLES,
  in_conference: TAB_SETTLES,
};

const isRinging = (call: Call): boolean => call.callState === 'ringing';
const isConnected = (call: Call): boolean => call.callState === 'connected';
const isDialing = (call: Call): boolean => call.callState === 'dialing' || call.callState === 'alerting';

/**
 * Decides what has to be sent so that a command has its effect, and only that. What MicroSIP would drop without a word
 * (docs/microsip/interface.md#2.3, #2.6 and #2.7) is refused here instead.
 * @throws PhoneError `no_call`, `line_busy`, `not_registered`, `unsupported`
 */
export function plan(command: CheckedCommand, view: PlanView): Plan {
  switch (command.type) {
    case 'dial':
      return planDial(command, view);
    case 'answer':
      return planAnswer(command.callId, view);
    case 'hangup':
      return planHangup(command, view);
    case 'dtmf':
      return planDtmf(command, view);
    case 'transfer':
      return planTransfer(command, view);
    case 'message':
      return planMessage(command, view);
    case 'hold':
      return planHold(command, view);
    case 'audio':
      return planAudio(command, view.surface);
    case 'app':
      return planApp(command, view);
    case 'feature':
      return planFeature(command, view);
    case 'conference':
      return planConference(command, view);
  }
}

function planDial({ target, account }: Extract<CheckedCommand, { type: 'dial' }>, view: PlanView): Plan {
  if (view.singleMode && view.calls.some((call) => !isRinging(call))) throw new PhoneError('line_busy');
  // It would ignore a number that has a call, also one that only rings in (docs/microsip/corrections.md#14). Another
  // account may be at another domain.
  const same = account === undefined && view.calls.find((call) => isPeerOf(target, call));
  if (same) throw new PhoneError('line_busy', 'same_number', { number: same.number ?? target });
  // MicroSIP would keep the number without expiry and dial it whenever it is registered again
  // (docs/microsip/interface.md#2.6). Choosing another account makes it register anew, so what is known of the present
  // one says nothing.
  if (account === undefined) requireRegistered(view);
  return { actions: [{ do: 'dial', target, ...(account !== undefined && { account }) }] };
}

function requireRegistered({ registration }: PlanView): void {
  if (registration && registration.state !== 'registered' && registration.state !== 'none') {
    throw new PhoneError('not_registered');
  }
}

function planAnswer(callId: string | undefined, view: PlanView): Plan {
  const ringing = view.calls.filter(isRinging);
  const chosen = callId === undefined ? ringing.at(-1) : find(callId, ringing);
  if (!chosen) throw new PhoneError('no_call', 'nothing_rings');
  const isOnly = callId === undefined && ringing.length === 1;
  // In single-call mode it first ends all calls that do not ring (docs/microsip/corrections.md#15).
  const ends = view.singleMode ? view.calls.filter((call) => !isRinging(call)).map((call) => call.callId) : [];
  return {
    actions: [isOnly ? { do: 'answer' } : { do: 'answer_ring', key: key(chosen, view) }],
    callId: chosen.callId,
    ...(ends.length > 0 && { ends }),
  };
}

function planHangup(command: Extract<CheckedCommand, { type: 'hangup' }>, view: PlanView): Plan {
  const { scope, rejectCode = 486, callId } = command;
  const inScope = view.calls.filter((call) => {
    if (scope === 'active') return isActive(call);
    if (scope === 'dialing') return isDialing(call);
    if (scope === 'ringing') return isRinging(call);
    return true;
  });
  const chosen = callId === undefined ? inScope : [find(callId, inScope)];
  if (chosen.length === 0) throw new PhoneError('no_call', 'nothing_to_end');
  return {
    actions: [...endUnringing(chosen, view), ...reject(chosen, rejectCode, view)],
    ends: chosen.map((call) => call.callId),
    ...(chosen.length === 1 && { callId: chosen[0]?.callId ?? '' }),
  };
}

function endUnringing(chosen: readonly Call[], view: PlanView): LinkAction[] {
  const toEnd = chosen.filter((call) => !isRinging(call));
  if (toEnd.length === 0) return [];
  const others = view.calls.filter((call) => !isRinging(call) && !toEnd.includes(call));
  if (others.length === 0) return [{ do: 'hangup_all' }];
  if (toEnd.every(isDialing) && !others.some(isDialing)) return [{ do: 'hangup_dialing' }];
  const [only, ...more] = toEnd;
  if (only && more.length === 0 && view.selected?.callId === only.callId) {
    return [{ do: 'end_selected', tab: view.selected.tab, conference: mayBeConference(only, view) }];
  }
  throw new PhoneError('unsupported', 'one_of_many');
}

function reject(chosen: readonly Call[], code: RejectCode, view: PlanView): LinkAction[] {
  const toReject = chosen.filter(isRinging);
  if (toReject.length === 0) return [];
  if (code === 486) return toReject.map((call) => ({ do: 'decline_ring', key: key(call, view) }));
  // The only 603 that MicroSIP offers rejects every ringing call (docs/microsip/interface.md#2.3).
  if (view.calls.filter(isRinging).length > toReject.length) throw new PhoneError('unsupported', 'one_of_many');
  return [{ do: 'reject_all' }];
}

function planDtmf({ digits, callId }: Extract<CheckedCommand, { type: 'dtmf' }>, view: PlanView): Plan {
  const call = connectedCall(callId, view);
  if (view.selected && view.selected.callId !== call.callId) throw new PhoneError('unsupported', 'not_selected');
  if (view.surface?.sendShown?.()) throw new PhoneError('unsupported', 'send_shown');
  return { actions: [{ do: 'dtmf', digits }], callId: call.callId };
}

function connectedCall(callId: string | undefined, { calls, selected }: PlanView): Call {
  const connected = calls.filter(isConnected);
  const current = connected.find((one) => one.callId === selected?.callId) ?? connected[0];
  const call = callId === undefined ? current : find(callId, calls);
  if (!call || !isConnected(call)) throw new PhoneError('no_call', 'not_connected');
  return call;
}

function planTransfer({ target, callId }: Extract<CheckedCommand, { type: 'transfer' }>, view: PlanView): Plan {
  const call = selectedCall(callId, view);
  // MicroSIP only shows a balloon for the one, and does nothing at all for the other (docs/microsip/corrections.md#13).
  if (isPeerOf(target, call)) throw new PhoneError('unsupported', 'transfer_to_peer');
  if (mayBeConference(call, view)) throw new PhoneError('unsupported', 'in_conference');
  return { actions: [{ do: 'transfer', target }], callId: call.callId };
}

/**
 * MicroSIP does not look at its registration before it sends a message, and drops the outcome
 * (docs/microsip/interface.md#2.6).
 */
function planMessage({ target, text }: Extract<CheckedCommand, { type: 'message' }>, view: PlanView): Plan {
  requireRegistered(view);
  return { actions: [{ do: 'message', target, text }] };
}

/** MicroSIP only toggles (docs/microsip/interface.md#2.4), so nothing is sent when the call is as it should be. */
function planHold({ action, callId }: Extract<CheckedCommand, { type: 'hold' }>, view: PlanView): Plan {
  const call = selectedCall(callId, view);
  const isHeld = isHeldHere(call);
  const holds = action === 'toggle' ? !isHeld : action === 'hold';
  return { actions: holds === isHeld ? [] : [{ do: 'toggle_hold' }], callId: call.callId, holds };
}

/**
 * Another source was quicker to tell of the call than MicroSIP is to show it: that, or how many calls it takes, may be
 * there soon.
 * @returns ms from the first look for which it makes sense to look again
 */
export function mayShowWithin(error: unknown, { isModeSeen }: PlanView): number {
  if (!(error instanceof PhoneError)) return 0;
  if (error.code === 'line_busy' && error.reason === 'default' && !isModeSeen) return MODE_SHOWS;
  return SHOWS_WITHIN[error.reason] ?? 0;
}

function key(call: Call, view: PlanView): string {
  const known = view.keyOf(call.callId);
  if (known === undefined) throw new PhoneError('no_call', 'not_shown');
  return known;
}
