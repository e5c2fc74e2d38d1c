import type { CallEnding } from '../../../phone/calls/call';
import type { CallObservation, Observation } from '../../../phone/ports/observation';
import { rowDirection, rowFacts, type HistoryRow } from './history-row';
import { rowEnding, wasAnswered } from './row-ending';

/**
 * A call that the history has no end of; it began at this time by our clock, in ms since 1970. Whether it was answered cannot be seen, so it is given the state that it began
 * with: nobody who saw more is contradicted by that.
 */
export function goingOnObservation(row: HistoryRow, key: string, began: number): CallObservation {
  return {
    type: 'call',
    time: began,
    source: 'history',
    key,
    direction: rowDirection(row),
    state: row.type === 0 ? 'dialing' : 'ringing',
    facts: rowFacts(row),
  };
}

/** @param began @param at when the end was seen; both in ms since 1970, by our clock */
export function endObservations(row: HistoryRow, key: string, began: number, at: number): Observation[] {
  const ended: Observation = {
    type: 'call_ended',
    time: at,
    source: 'history',
    key,
    ending: heardEnding(row),
    inferred: true,
  };
  if (!wasAnswered(row)) return [ended];
  const answered = at - row.duration * 1000;
  return [{ ...goingOnObservation(row, key, began), time: answered, state: 'connected', inferred: true }, ended];
}

/** A call that rang here and ended as busy was refused here: nobody else could have said so. */
function heardEnding(row: HistoryRow): CallEnding {
  const ending = rowEnding(row);
  return row.type === 2 && ending.sipStatus === 486 ? { ...ending, endedBy: 'local' } : ending;
}
