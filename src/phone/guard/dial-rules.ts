import { PhoneError } from '../phone-error';
import { calledNumber } from './dial-target';

/** Which targets a phone may dial or transfer to. */
export interface DialRules {
  allow: readonly RegExp[];
  deny: readonly RegExp[];
}

/**
 * @param patterns regular expressions as text
 * @throws PhoneError `config` for a pattern that is none
 */
export function compilePatterns(patterns: readonly string[]): RegExp[] {
  return patterns.map((pattern) => {
    try {
      return new RegExp(pattern, 'u');
    } catch {
      throw new PhoneError('config', 'pattern', { pattern });
    }
  });
}

/**
 * A target passes when it matches an entry of `allow` (or `allow` is empty) and none of `deny`. The lists see the target
 * as it is dialled, without its DTMF tail.
 * @throws PhoneError `refused`
 */
export function checkRules(target: string, rules: DialRules): void {
  const number = calledNumber(target);
  const matches = (pattern: RegExp): boolean => pattern.test(number);
  const allowed = rules.allow.length === 0 || rules.allow.some(matches);
  if (!allowed || rules.deny.some(matches)) throw new PhoneError('refused', 'default', { number });
}
