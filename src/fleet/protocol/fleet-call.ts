import { finishedJson, readFinished, type FinishedJson, type NamedFinishedCall } from '../../messages/finished-json';
import type { Reader } from '../../messages/json-reader';
import { maskedJson } from './mask';

/** One call that is over, also as the last one that is kept. */
export function fleetCallJson(named: NamedFinishedCall, mask = false): FinishedJson {
  const json = finishedJson(named);
  return mask ? maskedJson(json) : json;
}

export const readFleetCall: Reader<NamedFinishedCall> = readFinished;
