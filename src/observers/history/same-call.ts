import type { Call } from '../../phone/call';
import { rowDirection, rowFacts, type HistoryRow } from './history-row';

/** A call that the phone knows, open or ended lately. */
export interface KnownCall {
  /** By this its source knows it. */
  key: string;
  call: Pick<Call, 'sipCallId' | 'direction' | 'number' | 'startTime'>;
}

/** ms between the times at which two sources saw the same call begin; the history only tells whole seconds. */
const SAME_TIME = 5000;
/** Shorter ends of numbers are the same by chance. */
const TELLING_DIGITS = 4;

/**
 * Which of the known calls a row is about: the one with its Call-ID, else, for sources that have none, the one with its
 * direction and number that began at that time. A call whose number is not known yet is only taken when no other fits.
 * @returns the key of the call
 */
export function keyOfSameCall(row: HistoryRow, calls: readonly KnownCall[]): string | undefined {
  const { sipCallId, number } = rowFacts(row);
  const byId = calls.find(({ key, call }) => (call.sipCallId ?? key) === row.key);
  if (byId) return byId.key;
  const distance = ({ call }: KnownCall): number => Math.abs(call.startTime - row.time * 1000);
  const possible = calls
    .filter(({ call }) => call.sipCallId === undefined || sipCallId === undefined)
    .filter(({ call }) => call.direction === undefined || call.direction === rowDirection(row))
    .filter((known) => distance(known) <= SAME_TIME)
    .sort((a, b) => distance(a) - distance(b));
  const sameNumber = possible.find(({ call }) => call.number !== undefined && isSameNumber(call.number, number));
  const nameless = possible.filter(({ call }) => call.number === undefined);
  return (sameNumber ?? (nameless.length === 1 ? nameless[0] : undefined))?.key;
}

/** One may have a prefix that the other lacks: MicroSIP cuts off its own, and dialled numbers are rewritten. */
function isSameNumber(a: string, b: string | undefined): boolean {
  if (b === undefined) return false;
  const [one, two] = [a, b].map((text) => (text.split('@', 1)[0] ?? '').replace(/[ ().\-/+]/g, '').toLowerCase());
  if (one === undefined || two === undefined || one === two) return one === two;
  const [short, long] = one.length < two.length ? [one, two] : [two, one];
  return /^\d+$/.test(short) && short.length >= TELLING_DIGITS && long.endsWith(short);
}
