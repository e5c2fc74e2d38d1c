import { parametersOf, splitList } from './header-value';
import type { SipMessage } from './sip-message';

interface Reason {
  protocol: string;
  cause?: number;
  text: string;
}

const CODE = /^\d{1,6}$/;
/** Q.850: a call that rang in several places was taken in another one. */
const NON_SELECTED_USER_CLEARING = 26;
const COMPLETED_ELSEWHERE = /\bcompleted elsewhere\b/i;

/** Cause of a `Reason: Q.850;cause=` header (RFC 3326), 1..127. */
export function q850Cause(message: SipMessage): { q850Cause?: number } {
  const found = reasonsOf(message).find(
    ({ protocol, cause = 0 }) => protocol === 'q.850' && cause >= 1 && cause <= 127,
  );
  return found?.cause === undefined ? {} : { q850Cause: found.cause };
}

/** A CANCEL may tell that another device took the call: by a SIP status, by a Q.850 cause or in words. */
export function takenElsewhere(message: SipMessage): boolean {
  return reasonsOf(message).some(({ protocol, cause, text }) => {
    if (COMPLETED_ELSEWHERE.test(text)) return true;
    return (protocol === 'sip' && cause === 200) || (protocol === 'q.850' && cause === NON_SELECTED_USER_CLEARING);
  });
}

function reasonsOf({ headers }: SipMessage): Reason[] {
  return (headers.get('reason') ?? []).flatMap((header) => splitList(header)).map(reasonOf);
}

/** @param value `protocol;cause=code;text="words"` */
export function reasonOf(value: string): Reason {
  const { head, parameters } = parametersOf(value);
  const cause = parameters.get('cause') ?? '';
  return {
    protocol: head.toLowerCase(),
    ...(CODE.test(cause) && { cause: Number(cause) }),
    text: parameters.get('text') ?? '',
  };
}
