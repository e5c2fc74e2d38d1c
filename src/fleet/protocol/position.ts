import { wholeBetween, type Reader } from '../../messages/json-reader';
import { isFleetId } from './fleet-id';

/** Where in what an agent tells of a phone a message stands. */
export interface Position {
  /** New at each start of the agent. */
  session: string;
  /** Of an event: 1, 2, 3 … since the session began. Of a state: of the latest event before it, 0 for none. */
  seq: number;
}

export const readSession: Reader<string> = (json) => (isFleetId(json) ? json : undefined);

export const readSeq = wholeBetween(0, Number.MAX_SAFE_INTEGER);
