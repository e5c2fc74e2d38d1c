import { PHONE_STATES, type Registration } from '../phone/calls/call';
import type { PhoneSnapshot } from '../phone/phone';
import { callJson, readOpenCall, type CallJson } from './call-json';
import { fieldsOf, listOf, text, wordOf, type Reader } from './json-reader';
import { isoTime, readTime } from './json-time';
import { readRegistration } from './registration-json';
import { STANDING, standingJson, type Standing } from './standing-json';

/** How a phone stands, as others are told: how well its MicroSIP answers just now is only for those beside it. */
export type ToldSnapshot = Omit<PhoneSnapshot, 'presence'>;

/** A snapshot as messages carry it, with the fields of the most urgent call beside its own. */
export interface SnapshotJson extends Partial<CallJson>, Standing {
  event: 'snapshot';
  state: PhoneSnapshot['state'];
  phone: string;
  time: string;
  calls: CallJson[];
  replayed: boolean;
  registration?: Registration;
}

/** A snapshot of the phone with this name. */
export interface NamedSnapshot {
  phone: string;
  snapshot: ToldSnapshot;
}

export function snapshotJson({ phone, snapshot }: NamedSnapshot): SnapshotJson {
  const { state, calls, time, registration } = snapshot;
  const current = calls[0];
  return {
    event: 'snapshot',
    state,
    phone,
    time: isoTime(time),
    ...(current && callJson(current)),
    calls: calls.map(callJson),
    replayed: false,
    ...(registration && { registration: { ...registration } }),
    ...standingJson(snapshot),
  };
}

const readHead = fieldsOf<Pick<SnapshotJson, 'event' | 'phone'>>({ event: wordOf(['snapshot']), phone: text }, {});

const readTold = fieldsOf<ToldSnapshot>(
  { time: readTime, state: wordOf(PHONE_STATES), calls: listOf(readOpenCall) },
  { registration: readRegistration, ...STANDING },
);

export const readSnapshot: Reader<NamedSnapshot> = (json) => {
  const head = readHead(json);
  const snapshot = readTold(json);
  return head && snapshot && { phone: head.phone, snapshot };
};
