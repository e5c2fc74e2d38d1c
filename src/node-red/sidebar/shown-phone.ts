import { adminError } from '../admin/admin-endpoint';
import type { RunningPhone } from '../phones/running-phones';
import type { Call } from '../../phone/calls/call';
import type { Grounds } from '../../phone/tracker/state/conclusions';
import { connectionOf, shownSources } from './shown-sources';
import type { LivePhone, ShownCall, ShownPhone } from './sidebar-json';

export function shownPhone(id: string, phone: RunningPhone): ShownPhone {
  const { name, lastError, local } = phone;
  const { presence, state, time, calls, registration, problem, problemText, features, audio, voicemail } =
    phone.snapshot();
  const { info } = agentOf(phone) ?? {};
  const connection = connectionOf(phone);
  return {
    id,
    name,
    connection,
    presence,
    state,
    time,
    calls: calls.map((call) => shownCall(call, local?.provenance.inferenceOf(call.callId))),
    sources: shownSources(phone),
    takesCommands: connection !== 'observe',
    isSimulated: phone.simulated !== undefined || info?.commands.includes('simulate') === true,
    isUnused: phone.userCount === 0,
    ...(problem && { problem }),
    ...(problemText !== undefined && { problemText }),
    ...(registration && { registration }),
    ...(features && { features }),
    ...(audio && { audio }),
    ...(voicemail && { voicemail }),
    ...(info?.host !== undefined && { host: info.host }),
    ...(lastError && { lastError: { ...adminError(lastError.error), time: lastError.time } }),
  };
}

/** What may be told of it to everybody. */
export function livePhone(
  { id, connection, presence, state, problem, registration, calls }: ShownPhone,
  revision: number,
): LivePhone {
  return {
    id,
    revision,
    connection,
    presence,
    state,
    ...(problem && { problem }),
    ...(registration && { registration: registration.state }),
    calls: calls.map(({ callState, direction }) => ({ callState, ...(direction && { direction }) })),
  };
}

function agentOf({ elsewhere }: RunningPhone): ReturnType<NonNullable<RunningPhone['elsewhere']>['fleet']['phone']> {
  return elsewhere?.fleet.phone(elsewhere.id);
}

function shownCall(
  { callId, callState, direction, number, name, startTime, answerTime, heldBy }: Call,
  inference: Grounds | undefined,
): ShownCall {
  return {
    callId,
    callState,
    startTime,
    ...(direction && { direction }),
    ...(number !== undefined && { number }),
    ...(name !== undefined && { name }),
    ...(answerTime !== undefined && { answerTime }),
    ...(heldBy && { heldBy }),
    ...(inference && { inferred: groundsOf(inference) }),
  };
}

function groundsOf({ reason, source, others, ms }: Grounds): Grounds {
  return {
    reason,
    ...(source && { source }),
    ...(others && { others }),
    ...(ms !== undefined && { ms: Math.round(ms) }),
  };
}
