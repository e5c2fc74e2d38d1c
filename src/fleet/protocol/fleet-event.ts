import { eventJson, readEvent, type EventJson, type NamedEvent } from '../../messages/event-json';
import { fieldsOf, type Reader } from '../../messages/json-reader';
import { maskedJson } from './mask';
import { readSeq, readSession, type Position } from './position';

/** What happened on the phone of this name, and where it stands among all that did. */
export interface FleetEvent extends NamedEvent, Position {}

export interface FleetEventJson extends EventJson, Position {}

export function fleetEventJson({ seq, session, ...named }: FleetEvent, mask = false): FleetEventJson {
  const json = eventJson(named);
  return { ...(mask ? maskedJson(json) : json), seq, session };
}

const readPosition = fieldsOf<Position>({ seq: readSeq, session: readSession }, {});

export const readFleetEvent: Reader<FleetEvent> = (json) => {
  const position = readPosition(json);
  const named = readEvent(json);
  return position && named && position.seq > 0 ? { ...named, ...position } : undefined;
};
