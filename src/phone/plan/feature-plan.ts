import type { Feature } from '../commands/command';
import { PhoneError, type ErrorReason } from '../errors/phone-error';
import type { CheckedCommand, Plan, PlanView } from './plan';
import { selectedCall } from './selected-call';

export type FeatureCommand = Extract<CheckedCommand, { type: 'feature' }>;

/** What to do about a switch whose button MicroSIP does not show. */
const NOT_OFFERED = {
  dnd: 'no_dnd',
  autoAnswer: 'no_auto_answer',
  autoConference: 'no_auto_conference',
  forwarding: 'no_forwarding',
  recording: 'no_recording',
} as const satisfies Record<Feature, ErrorReason<'unsupported'>>;

/**
 * Half of the switches only toggle (docs/microsip/further.md#A.3), so nothing is sent when one stands as it should.
 * @throws PhoneError `unsupported` where no switch can be seen, when there is no button for it or recording is of another
 * tab; `no_call` for recording without an answered call
 */
export function planFeature({ feature, action, callId }: FeatureCommand, view: PlanView): Plan {
  const features = view.surface?.features?.();
  if (!features) throw new PhoneError('unsupported', 'feature_unseen');
  const isOn = features[feature];
  if (isOn === undefined) throw notOffered(feature);
  const on = action === 'toggle' ? !isOn : action === 'on';
  const call = feature === 'recording' ? selectedCall(callId, view) : undefined;
  const tab = call && view.selected?.tab;
  return {
    actions: on === isOn ? [] : [{ do: 'set_feature', feature, on, ...(tab !== undefined && { tab }) }],
    ...(call && { callId: call.callId }),
    features: { [feature]: on },
  };
}

export function notOffered(feature: Feature): PhoneError {
  return new PhoneError('unsupported', NOT_OFFERED[feature]);
}
