import type { PhoneAccess } from './phone-node';
import type { OpenCall, Part, PastCall, PhoneView } from './protocol';

type Snapshot = ReturnType<PhoneAccess['snapshot']>;
type PastCallJson = ReturnType<PhoneAccess['callsToday']>[number];

/** A browser need not show more of one day. */
const MOST_PAST = 100;

/** Parts that name who is in a call. */
const NAMING: readonly Part[] = ['calls', 'keypad'];
/** Parts that have the calls of today, or offer their numbers. */
const RECALLING: readonly Part[] = ['today', 'calls', 'dial', 'keypad'];

/** No more than the widget shows with these parts: Dashboard lets everybody who may open it look into its stores. */
export function viewOf(phone: PhoneAccess, parts: readonly Part[]): PhoneView {
  const has = (some: readonly Part[]): boolean => some.some((part) => parts.includes(part));
  const snapshot = phone.snapshot();
  const { presence, registration, problem, problemText, features, audio, voicemail } = snapshot;
  return {
    time: Date.parse(snapshot.time),
    name: phone.name,
    presence,
    calls: snapshot.calls.map(has(NAMING) ? openCall : stateOfCall),
    ...(registration && {
      registration: {
        state: registration.state,
        ...(registration.sipStatus !== undefined && { sipStatus: registration.sipStatus }),
      },
    }),
    ...(problem && { problem }),
    ...(problemText !== undefined && { problemText }),
    ...(features?.dnd !== undefined && { dnd: features.dnd }),
    ...(audio && has(['audio']) && { audio }),
    ...(voicemail && {
      voicemail: { waiting: voicemail.waiting, ...(voicemail.new !== undefined && { count: voicemail.new }) },
    }),
    today: has(RECALLING) ? callsToday(phone) : [],
  };
}

export function emptyView(presence: 'missing' | 'outdated', time: number): PhoneView {
  return { time, name: '', presence, calls: [], today: [] };
}

/** By the times that the list shows: a long call that ended last would stand above those that came during it. */
function callsToday(phone: PhoneAccess): PastCall[] {
  const calls = phone.callsToday().map(pastCall);
  return calls.sort((one, other) => other.startTime - one.startTime).slice(0, MOST_PAST);
}

function openCall(call: Snapshot['calls'][number]): OpenCall {
  const { callId, callState, startTime, answerTime, direction, number, name, diversion, heldBy } = call;
  return {
    callId,
    callState: callState as OpenCall['callState'],
    startTime: Date.parse(startTime),
    ...(answerTime !== undefined && { answerTime: Date.parse(answerTime) }),
    ...(direction && { direction }),
    ...(number !== undefined && { number }),
    ...(name !== undefined && { name }),
    ...(diversion !== undefined && { diversion }),
    ...(heldBy && { heldBy }),
  };
}

/** What the head of the widget tells of a call. */
function stateOfCall(call: Snapshot['calls'][number]): OpenCall {
  const { callId, callState, startTime, heldBy } = openCall(call);
  return { callId, callState, startTime, ...(heldBy && { heldBy }) };
}

function pastCall({
  callId,
  startTime,
  duration = 0,
  direction,
  number,
  name,
  disposition,
  quality,
}: PastCallJson): PastCall {
  return {
    callId,
    startTime: Date.parse(startTime),
    duration,
    ...(direction && { direction }),
    ...(number !== undefined && { number }),
    ...(name !== undefined && { name }),
    ...(disposition && { outcome: disposition }),
    ...(quality && { quality: shownQuality(quality) }),
  };
}

function shownQuality({
  mos,
  codec,
  received,
  rttMs,
}: NonNullable<PastCallJson['quality']>): NonNullable<PastCall['quality']> {
  return {
    ...(mos !== undefined && { mos }),
    ...(codec !== undefined && { codec }),
    ...(received?.lossPercent !== undefined && { lossPercent: received.lossPercent }),
    ...(received?.jitterMs !== undefined && { jitterMs: received.jitterMs }),
    ...(rttMs !== undefined && { rttMs }),
  };
}
