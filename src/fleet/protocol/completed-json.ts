import { OPEN_CALL_STATES, type CallState, type PhoneState } from '../../phone/calls/call';
import { CALL_EXTRAS } from '../../messages/call-json';
import type { Reader } from '../../messages/json-reader';
import { isoTime } from '../../messages/json-time';
import { STANDING } from '../../messages/standing-json';

/**
 * What agents that others have written leave out, or put in another way than ours: nothing is without use only because of that.
 * What is hostile stays what it is, for the readers behind it to refuse.
 */

/** Where and when something was told. */
export interface Heard {
  /** Id of the phone. */
  phone: string;
  /** ms since 1970, by the agent's clock. */
  time: number;
}

type Json = Record<string, unknown>;

/** One of these that is new, or wrong, does not make the rest wrong. */
const LEFT_OUT: Readonly<Record<string, Reader<unknown>>> = { ...STANDING, ...CALL_EXTRAS };

const TIMES = ['time', 'startTime', 'answerTime', 'endTime'] as const;
/** Levels of objects in what we publish. */
const DEEPEST = 3;
/** Longer texts are no times, and are not worth to be looked at. */
const LONGEST_TIME = 40;

const CALL_STATE_OF: Readonly<Record<string, CallState>> = {
  incoming: 'ringing',
  outgoing: 'dialing',
  alerting: 'alerting',
  answered: 'connected',
  held: 'held',
  resumed: 'connected',
  ended: 'ended',
};
const DIRECTION_OF: Readonly<Record<string, string>> = { incoming: 'inbound', outgoing: 'outbound' };

/** Nobody says how he knows it: so it counts as concluded. */
const UNKNOWN_SOURCE = { source: 'status', confidence: 'inferred' } as const;

export function completedEvent(json: unknown, heard: Heard): unknown {
  const given = tidied(json);
  if (!given) return json;
  const event = typeof given['event'] === 'string' ? given['event'] : '';
  const callState = ownValue(CALL_STATE_OF, event);
  const direction = ownValue(DIRECTION_OF, event);
  const state = given['state'] ?? stateAfter(event, callState);
  const call = callState && { callState, ...(direction && { direction }), startTime: given['time'] ?? now(heard) };
  return { phone: heard.phone, time: now(heard), ...UNKNOWN_SOURCE, ...call, state, previousState: state, ...given };
}

export function completedState(json: unknown, heard: Heard): unknown {
  const given = tidied(json);
  if (!given) return json;
  const { callId, callState, calls, ...rest } = given;
  const time = given['time'] ?? now(heard);
  const isOpen = callId !== undefined && OPEN_CALL_STATES.some((state) => state === callState);
  const listed = calls ?? (isOpen ? [given] : []);
  return {
    ...{ event: 'snapshot', phone: heard.phone, time, ...rest },
    calls: Array.isArray(listed) ? listed.map((call) => completedCall(call, time)) : listed,
  };
}

/** A call that is over. */
export function completedFinished(json: unknown, heard: Heard): unknown {
  const given = tidied(json);
  if (!given) return json;
  const startTime = given['answerTime'] ?? given['endTime'] ?? now(heard);
  return { phone: heard.phone, ...UNKNOWN_SOURCE, replayed: false, callState: 'ended', startTime, ...given };
}

export function completedInfo(json: unknown): unknown {
  const given = tidied(json);
  return given ? { groups: [], commands: [], ...given } : json;
}

function completedCall(json: unknown, time: unknown): unknown {
  const given = tidied(json);
  return given ? { startTime: time, ...given } : json;
}

/** Without what is said to be nothing, and without what is nothing to us; with times as we write them. */
function tidied(json: unknown): Json | undefined {
  if (!isObject(json)) return undefined;
  const given = withoutNothing(json, DEEPEST);
  for (const name of TIMES) if (Object.hasOwn(given, name)) given[name] = writtenTime(given[name]);
  // An event that is about it says nothing without: not even that a problem is over.
  const isRight = ([name, value]: [string, unknown]): boolean =>
    !Object.hasOwn(LEFT_OUT, name) || given['event'] === name || LEFT_OUT[name]?.(value) !== undefined;
  return Object.fromEntries(Object.entries(given).filter(isRight));
}

function isObject(json: unknown): json is Json {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function withoutNothing(json: Json, levels: number): Json {
  const entries = Object.entries(json).filter(([, value]) => value !== null);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, isObject(value) && levels > 1 ? withoutNothing(value, levels - 1) : value]),
  );
}

/** Of ms since 1970, and of ISO 8601 with any zone and precision. */
function writtenTime(value: unknown): unknown {
  const isText = typeof value === 'string' && value.length <= LONGEST_TIME && /^\d{4}-\d\d-\d\dT/.test(value);
  if (!isText && typeof value !== 'number') return value;
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? value : date.toISOString();
}

function now({ time }: Heard): string {
  return isoTime(time);
}

function stateAfter(event: string, callState: CallState | undefined): PhoneState {
  if (event === 'phone_offline') return 'offline';
  return callState === undefined || callState === 'ended' ? 'idle' : callState;
}

function ownValue<T>(values: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}
