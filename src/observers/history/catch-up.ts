import { createHash } from 'node:crypto';
import { hangupCause } from '../../phone/calls/call-outcome';
import type { FinishedCall } from '../../phone/phone-event';
import { rowDirection, rowFacts, type HistoryRow } from './rows/history-row';
import { rowDisposition, rowEnding, wasAnswered } from './rows/row-ending';

/**
 * A call that only the call history tells of, without `answerTime` and `endTime`: the history has neither. All of it is
 * concluded from texts and rounded times.
 *
 * @param row of a call that is over
 * @param replayed it ended while nobody watched
 */
export function finishedCall(row: HistoryRow, replayed: boolean, rang?: boolean): FinishedCall {
  const ending = rowEnding(row);
  const cause = hangupCause(ending.sipStatus);
  return {
    call: {
      callId: stableId(row.key),
      ...rowFacts(row),
      direction: rowDirection(row),
      callState: 'ended',
      startTime: row.time * 1000,
      endedBy: ending.endedBy ?? 'unknown',
      disposition: rowDisposition(row),
      ...(ending.sipStatus !== undefined && { sipStatus: ending.sipStatus }),
      ...(ending.sipReason !== undefined && { sipReason: ending.sipReason }),
      ...(cause && { hangupCause: cause.name, hangupCauseCode: cause.code }),
    },
    duration: wasAnswered(row) ? row.duration : 0,
    ...(rang !== undefined && { rang }),
    ...(row.info !== '' && { info: row.info }),
    replayed,
    source: 'history',
    confidence: 'inferred',
  };
}

/** Always the same for the same call, so that one which had to be told twice can be recognised. */
function stableId(key: string): string {
  const hex = createHash('sha256').update(`microsip call ${key}`).digest('hex');
  // RFC 9562, section 5.8: version 8 is an id of one's own making.
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
