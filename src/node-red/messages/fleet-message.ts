import { callJson, type CallJson } from '../../messages/call-json';
import { finishedJson, type FinishedJson } from '../../messages/finished-json';
import type { EventJson } from '../../messages/event-json';
import { isoTime } from '../../messages/json-time';
import type { FleetPhone } from '../../fleet/reader/fleet-phone';
import type { PhoneState } from '../../phone/calls/call';
import type { CallQuality } from '../../phone/calls/call-quality';
import type { ErrorCode } from '../../phone/errors/phone-error';
import type { FinishedCall, PhoneEvent } from '../../phone/phone-event';
import type { Voicemail } from '../../phone/voicemail';
import { callLogMessage, eventMessage, type EventMessage } from './event-message';

/** One phone of the table. What is not known is absent. */
export interface FleetRow {
  phone: string;
  name?: string;
  /** Its agent is there. */
  online: boolean;
  state: PhoneState;
  /** Why it is offline, or what keeps it from working. */
  problem?: ErrorCode;
  /** What there is to read of it. */
  problemText?: string;
  calls: CallJson[];
  /** The other side of the most urgent call. */
  caller?: { number?: string; name?: string };
  registered?: boolean;
  /** Do not disturb. */
  dnd?: boolean;
  voicemail?: Voicemail;
  missedToday?: number;
  /** Of the last call that was over while this was looked at. */
  lastQuality?: CallQuality;
  /** Since when its state is as it is. */
  since?: string;
  lastSeen?: string;
  /** Versions. */
  agent?: string;
  microsip?: string;
  host?: string;
  user?: string;
  groups: string[];
}

export type FleetMessage<P> = EventMessage<P> & { phone: string };

/** The message of the fleet node for one event: the topic has the id, since two phones may have one name. */
export function fleetEventMessage({ id, name = id }: FleetPhone, event: PhoneEvent): FleetMessage<EventJson> {
  return { ...eventMessage(id, event), phone: id, payload: eventMessage(name, event).payload };
}

/** The message of the fleet node for one call that is over. */
export function fleetCallMessage({ id, name = id }: FleetPhone, finished: FinishedCall): FleetMessage<FinishedJson> {
  return { ...callLogMessage(id, finished), phone: id, payload: finishedJson({ phone: name, finished }) };
}

/** @param connected whether the broker is there */
export function fleetTable(phones: readonly FleetPhone[], connected: boolean): FleetRow[] {
  const sorted = [...phones].sort(({ id: one }, { id: other }) => (one < other ? -1 : 1));
  return sorted.map((phone) => row(phone, connected));
}

function row({ id, name, online, snapshot, info, ...phone }: FleetPhone, connected: boolean): FleetRow {
  const { state = 'offline', calls = [], registration, features, voicemail, problemText } = snapshot ?? {};
  const { number, name: caller } = calls[0] ?? {};
  const away: ErrorCode | undefined = connected ? (online ? undefined : 'agent_offline') : 'broker_offline';
  // A state need not say why it is offline: its agent is there, so it can only be MicroSIP that is not.
  const problem = away ?? snapshot?.problem ?? (snapshot?.state === 'offline' ? 'not_running' : undefined);
  const known = number !== undefined || caller !== undefined;
  return {
    phone: id,
    ...(name !== undefined && { name }),
    online,
    state,
    ...(problem && { problem }),
    ...(problemText !== undefined && { problemText }),
    calls: calls.map(callJson),
    ...(known && {
      caller: { ...(number !== undefined && { number }), ...(caller !== undefined && { name: caller }) },
    }),
    ...(registration && { registered: registration.state === 'registered' }),
    ...(features?.dnd !== undefined && { dnd: features.dnd }),
    ...(voicemail && { voicemail: { ...voicemail } }),
    ...(phone.missedToday !== undefined && { missedToday: phone.missedToday }),
    ...(phone.lastQuality && { lastQuality: structuredClone(phone.lastQuality) }),
    ...(phone.since !== undefined && { since: isoTime(phone.since) }),
    ...(phone.lastSeen !== undefined && { lastSeen: isoTime(phone.lastSeen) }),
    ...(info?.agent !== undefined && { agent: info.agent }),
    ...(info?.microsip !== undefined && { microsip: info.microsip }),
    ...(info?.host !== undefined && { host: info.host }),
    ...(info?.user !== undefined && { user: info.user }),
    groups: [...(info?.groups ?? [])],
  };
}
