import { admittedFacts } from '../../phone/calls/observed-texts';

/** MicroSIP looks for `sip:` alone, and hands over all that stands before the `@` where there is none (docs/microsip/interface.md#3). */
const BEFORE_USER = /^(?:[^<]*<)?\s*(?:sips?|tel):/i;

/** The user part of the party that a hook is about. */
export function hookUser(parameter: string): string {
  return parameter.replace(BEFORE_USER, '');
}

/**
 * A user part as the phone names it: a call that a hook told of before a deploy has to be known again by what a later one
 * carries.
 */
export function partyKey(user: string): string {
  return admittedFacts({ number: user }).number ?? '';
}
