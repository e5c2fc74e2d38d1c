import type { Call } from '../../../phone/calls/call';
import type { ToE164 } from '../../../phone/numbers/e164';
import { sameNumber } from '../../../phone/numbers/same-number';
import { admittedFacts } from '../../../phone/calls/observed-texts';
import { rowDirection, rowFacts, type HistoryRow } from './history-row';

/** A call that the phone knows, open or ended lately. */
export interface KnownCall {
  /** By this its source knows it. */
  key: string;
  call: Pick<Call, 'sipCallId' | 'direction' | 'number' | 'startTime'>;
}

/** ms between the times at which two sources saw the same call begin; the history only tells whole seconds. */
const SAME_TIME = 5000;

/**
 * Which of the known calls a row is about: the one with its Call-ID, else, for sources that have none, the one with its
 * direction and number that began at that time. A call whose number is not known yet is only taken when no other fits.
 * @param e164 gives the international form of what is a telephone number
 * @returns the key of the call
 */
export function keyOfSameCall(
  row: HistoryRow,
  calls: readonly KnownCall[],
  e164: ToE164 = () => undefined,
): string | undefined {
  const { sipCallId, number } = admittedFacts(rowFacts(row));
  const byId = calls.find(({ key, call }) => (call.sipCallId ?? key) === row.key);
  if (byId) return byId.key;
  const distance = ({ call }: KnownCall): number => Math.abs(call.startTime - row.time * 1000);
  const possible = calls
    .filter(({ call }) => call.sipCallId === undefined || sipCallId === undefined)
    .filter(({ call }) => call.direction === undefined || call.direction === rowDirection(row))
    .filter((known) => distance(known) <= SAME_TIME)
    .sort((a, b) => distance(a) - distance(b));
  const isSame = (other: string | undefined): boolean =>
    number !== undefined && other !== undefined && sameNumber(other, number, e164, true);
  const nameless = possible.filter(({ call }) => call.number === undefined);
  return (possible.find(({ call }) => isSame(call.number)) ?? (nameless.length === 1 ? nameless[0] : undefined))?.key;
}
