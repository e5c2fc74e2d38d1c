import { PhoneError } from '../phone-error';
import { calledForms, type Dialling } from './called-forms';

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
 * A target passes when it is called as an entry of `allow` says (or `allow` is empty) and none of its forms is in `deny`:
 * `allow` is asked about the whole that MicroSIP calls, since a harmless user part says nothing about its host; `deny`
 * about everything that names the same target.
 * @throws PhoneError `refused`
 */
export function checkRules(target: string, rules: DialRules, dialling?: Dialling): void {
  const { called, all } = calledForms(target, dialling);
  const allowed = rules.allow.length === 0 || rules.allow.some((pattern) => pattern.test(called));
  const denied = rules.deny.some((pattern) => all.some((form) => pattern.test(form)));
  if (!allowed || denied) throw new PhoneError('refused', 'default', { number: called });
}
