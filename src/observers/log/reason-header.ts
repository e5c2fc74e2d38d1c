import type { SipMessage } from './sip-message';
import { splitList } from './sip-address';

const Q850 = /^Q\.850\s*;.*?\bcause\s*=\s*(\d{1,3})\b/i;
const TAKEN_ELSEWHERE = /^SIP\s*;.*?\bcause\s*=\s*200\b/i;

/** Cause of a `Reason: Q.850;cause=` header (RFC 3326), 1..127. */
export function q850Cause(message: SipMessage): { q850Cause?: number } {
  const cause = Number(
    reasons(message)
      .map((reason) => Q850.exec(reason)?.[1])
      .find((found) => found !== undefined),
  );
  return cause >= 1 && cause <= 127 ? { q850Cause: cause } : {};
}

/** A CANCEL with `Reason: SIP;cause=200` tells that another device took the call. */
export function takenElsewhere(message: SipMessage): boolean {
  return reasons(message).some((reason) => TAKEN_ELSEWHERE.test(reason));
}

function reasons({ headers }: SipMessage): string[] {
  return (headers.get('reason') ?? []).flatMap((value) => splitList(value));
}
