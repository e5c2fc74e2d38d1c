import { CONFIDENCES, PHONE_STATES, SOURCES, type Registration } from '../phone/calls/call';
import {
  CALL_EVENTS,
  PHONE_EVENTS,
  isStanding,
  isStandingEvent,
  type EventCircumstances,
  type EventName,
  type PhoneEvent,
  type StandingSubject,
} from '../phone/phone-event';
import { callJson, readCall, readEndedCall, type CallJson } from './call-json';
import { fieldsOf, text, wordOf, type Reader } from './json-reader';
import { isoTime, readTime } from './json-time';
import { readRegistration } from './registration-json';
import { STANDING, standingJson, type Standing } from './standing-json';

/** An event as messages carry it, with the fields of its call beside its own. */
export interface EventJson extends Omit<EventCircumstances, 'time'>, Partial<CallJson>, Standing {
  event: EventName;
  phone: string;
  time: string;
  replayed: boolean;
  registration?: Registration;
}

/** An event of the phone with this name. */
export interface NamedEvent {
  phone: string;
  event: PhoneEvent;
}

export function eventJson({ phone, event: happened }: NamedEvent): EventJson {
  const { event, state, previousState, call, registration, source, confidence, time } = happened;
  return {
    event,
    state,
    previousState,
    phone,
    time: isoTime(time),
    ...(call && callJson(call)),
    source,
    confidence,
    replayed: false,
    ...(registration && { registration: { ...registration } }),
    ...(isStandingEvent(happened) && standingJson(happened)),
  };
}

const readStanding = fieldsOf<Standing>({}, STANDING);

interface Head extends EventCircumstances {
  event: EventName;
  phone: string;
}

const readHead: Reader<Head> = fieldsOf<Head>(
  {
    event: wordOf([...CALL_EVENTS, ...PHONE_EVENTS]),
    phone: text,
    time: readTime,
    state: wordOf(PHONE_STATES),
    previousState: wordOf(PHONE_STATES),
    source: wordOf(SOURCES),
    confidence: wordOf(CONFIDENCES),
  },
  { registration: readRegistration },
);

export const readEvent: Reader<NamedEvent> = (json) => {
  const head = readHead(json);
  if (!head) return undefined;
  const { phone, event: name, ...circumstances } = head;
  const event = withSubject(name, circumstances, json);
  return event && { phone, event };
};

function withSubject(event: EventName, circumstances: EventCircumstances, json: unknown): PhoneEvent | undefined {
  const { registration } = circumstances;
  if (event === 'snapshot') return undefined;
  if (isStanding(event)) return withStanding(event, circumstances, json);
  if (event === 'registration') return registration && { ...circumstances, event, registration };
  if (event === 'phone_online' || event === 'phone_offline') return { ...circumstances, event };
  const call = event === 'ended' ? readEndedCall(json) : readCall(json);
  return call && { ...circumstances, event, call };
}

function withStanding(
  event: StandingSubject['event'],
  circumstances: EventCircumstances,
  json: unknown,
): PhoneEvent | undefined {
  const standing = readStanding(json);
  if (!standing) return undefined;
  const { features, audio, voicemail, problem, problemText } = standing;
  switch (event) {
    case 'features':
      return features && { ...circumstances, event, features };
    case 'audio':
      return audio && { ...circumstances, event, audio };
    case 'voicemail':
      return voicemail && { ...circumstances, event, voicemail };
    case 'problem':
      return {
        ...circumstances,
        event,
        ...(problem && { problem }),
        ...(problem && problemText !== undefined && { problemText }),
      };
  }
}
