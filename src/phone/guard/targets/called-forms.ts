import { calledNumber } from './dial-target';

/** What MicroSIP does to numbers before it calls them, as far as its settings are known. */
export interface Dialling {
  /** The account's `dialingPrefix`; empty for none. */
  prefix: string;
}

export interface CalledForms {
  /** What is called in the end, as a whole: the number behind its prefix, or `user@host`. */
  called: string;
  /** Everything that names the same target: also as typed, the user alone, without its port. */
  all: readonly string[];
}

/** MicroSIP puts no prefix before shorter numbers (docs/microsip/interface.md#2.6). */
const SHORTEST_PREFIXED = 4;
const SEPARATORS = /[.\-]/g;
const HAS_LETTER = /[A-Za-z]/;

/** The forms of a target for the rules of a phone: whatever takes a target asks them about these. */
export function calledForms(target: string, { prefix }: Dialling = { prefix: '' }): CalledForms {
  const number = calledNumber(target);
  const at = number.indexOf('@');
  const called = at < 0 ? prefixed(number, prefix) : number;
  const user = at < 0 ? number : number.slice(0, at);
  // The far end may take `1-1-2` for 112.
  const digits = HAS_LETTER.test(user) ? user : user.replace(SEPARATORS, '');
  return { called, all: [...new Set([called, number, number.replace(/(@.*):\d+$/, '$1'), user, digits])] };
}

function prefixed(number: string, prefix: string): string {
  const isNumber = number.startsWith('+') || !/[^0-9*#]/.test(number);
  if (prefix === '' || !isNumber || number.length < SHORTEST_PREFIXED) return number;
  return prefix + number.replace(/^\+/, '');
}
