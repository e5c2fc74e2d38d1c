import { fieldsOf, wholeBetween, type Reader } from '../../messages/json-reader';
import { readSnapshot, snapshotJson, type NamedSnapshot, type SnapshotJson } from '../../messages/snapshot-json';
import { maskedJson } from './mask';
import { readSeq, readSession, type Position } from './position';

/** How the phone of this name stands, to be believed only while its agent is online. */
export interface FleetState extends NamedSnapshot, Position {
  /** Calls that nobody answered, since midnight where the agent is. */
  missedToday?: number;
}

export interface FleetStateJson extends SnapshotJson, Position {
  missedToday?: number;
}

export function fleetStateJson({ seq, session, missedToday, ...named }: FleetState, mask = false): FleetStateJson {
  const json = snapshotJson(named);
  return { ...(mask ? maskedJson(json) : json), seq, session, ...(missedToday !== undefined && { missedToday }) };
}

const readRest = fieldsOf<Omit<FleetState, keyof NamedSnapshot>>(
  { seq: readSeq, session: readSession },
  { missedToday: wholeBetween(0, Number.MAX_SAFE_INTEGER) },
);

export const readFleetState: Reader<FleetState> = (json) => {
  const rest = readRest(json);
  const named = readSnapshot(json);
  return rest && named && { ...named, ...rest };
};
