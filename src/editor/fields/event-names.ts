import { CALL_EVENTS, PHONE_EVENTS } from '../../phone/phone-event';

/** What a node may be told to send on. A snapshot is an answer: it does not happen. */
export const EVENT_NAMES: readonly string[] = [...CALL_EVENTS, ...PHONE_EVENTS.filter((name) => name !== 'snapshot')];
