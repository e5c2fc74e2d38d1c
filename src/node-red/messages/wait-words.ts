import { PHONE_STATES, type PhoneState } from '../../phone/calls/call';
import { CALL_EVENTS, PHONE_EVENTS, type EventName } from '../../phone/phone-event';

/** The states that a phone can be waited to be in. */
export const WAIT_STATES: readonly PhoneState[] = PHONE_STATES;

/** The events that can be waited for and whose names are no states. A snapshot is an answer and does not happen. */
export const WAIT_EVENTS: readonly EventName[] = [...CALL_EVENTS, ...PHONE_EVENTS].filter(
  (name) => name !== 'snapshot' && !(WAIT_STATES as readonly string[]).includes(name),
);

/** Seconds that a node waits, at most a week. */
export const WAIT_TIME = { least: 0, most: 604_800, preset: 60 } as const;
