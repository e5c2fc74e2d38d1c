import type { Call } from '../calls/call';
import { FEATURES } from './command';
import type { AppCommand } from '../plan/app-plan';
import type { AudioCommand } from '../plan/audio-plan';
import { conferenceEffect } from './conference-effect';
import type { CheckedCommand, Plan, PlanView } from '../plan/plan';
import { isHeldHere } from '../plan/selected-call';

/**
 * - `came`: the observers show that the command had its effect.
 * - `awaited`: they do not show it yet, and would if it were so.
 * - `unsure`: they do not show it yet, and it may well come later.
 * - `unseen`: no source can show it.
 * - `gone`: the call ended before the command could have its effect.
 */
export type Effect = 'came' | 'awaited' | 'unsure' | 'unseen' | 'gone';

export interface EffectView
  extends
    Pick<PlanView, 'calls' | 'presence' | 'surface' | 'selected' | 'inConference'>,
    Partial<Pick<PlanView, 'seesHold'>> {
  /** The open calls and those that ended lately. */
  knownCalls: readonly Call[];
  /** The peer itself says whether it took a dial. */
  confirmsDial?: boolean;
}

/** Whether a command that was sent had its effect, as far as the calls now show. MicroSIP's answers do not tell that. */
export function effectOf(command: CheckedCommand, plan: Plan, view: EffectView): Effect {
  const { callId, ends = [], holds } = plan;
  const open = view.calls.find((one) => one.callId === callId);
  const known = view.knownCalls.find((one) => one.callId === callId);
  switch (command.type) {
    case 'dial':
      if (known || view.confirmsDial) return 'came';
      // With another account MicroSIP registers first, and dials as soon as it is registered
      // (docs/microsip/interface.md#2.6).
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
    case 'feature':
      return featureEffect(plan, view);
    case 'conference':
      return conferenceEffect(command.action, plan, view);
    case 'audio':
      return audioEffect(command, plan.audio, view.surface);
    case 'app':
      return appEffect(command, view);
  }
}

function audioEffect({ device }: AudioCommand, wanted: Plan['audio'], surface: EffectView['surface']): Effect {
  const now = surface?.audio()?.[device];
  if (!now || !wanted) return 'unseen';
  const { muted = now.muted, level = now.level } = wanted;
  return now.muted === muted && now.level === level ? 'came' : 'awaited';
}

/** That of a call goes with it. */
function featureEffect({ callId, features = {} }: Plan, { calls, surface }: EffectView): Effect {
  if (callId !== undefined && !calls.some((call) => call.callId === callId)) return 'gone';
  const now = surface?.features?.() ?? {};
  return FEATURES.every((one) => features[one] === undefined || features[one] === now[one]) ? 'came' : 'awaited';
}

function appEffect({ action }: AppCommand, { presence, surface }: EffectView): Effect {
  const shown = surface?.shown();
  switch (action) {
    case 'start':
      // While its SIP stack comes up it answers nobody (docs/microsip/interface.md#7).
      return presence === 'ready' ? 'came' : 'awaited';
    case 'exit':
      return presence === 'absent' ? 'came' : 'awaited';
    case 'show':
    case 'minimize':
      if (shown === undefined) return 'unseen';
      return shown === (action === 'show') ? 'came' : 'awaited';
    // Which account is active does not show.
    case 'account':
      return 'unseen';
  }
}
