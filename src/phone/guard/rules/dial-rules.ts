import { PhoneError } from '../../errors/phone-error';
import { shownValue } from '../../errors/shown-value';
import { calledForms, type Dialling } from '../targets/called-forms';
import { linearPattern, type Pattern } from './pattern-engine';
import { isTooMuch, isVariable, PATTERN_LIMITS, patternFault } from './pattern-limits';

/** Which targets a phone may dial or transfer to. */
export interface DialRules {
  allow: readonly Pattern[];
  deny: readonly Pattern[];
}

/**
 * Compiles a list. Both engines have to know an entry: that of JavaScript, whose syntax users write, and RE2, which never
 * goes back over what it has read.
 * @param entries regular expressions as text
 * @throws PhoneError `config` for an entry that is none, is empty, or is an environment variable that is not set: a rule
 * that is missing by mistake must not permit anything
 */
export function compilePatterns(entries: readonly string[]): Pattern[] {
  if (entries.length > PATTERN_LIMITS.entries) throw tooMuch();
  for (const entry of entries) requirePattern(entry);
  if (isTooMuch(entries)) throw tooMuch();
  return entries.map(linearPattern);
}

/**
 * A target passes when it is called as an entry of `allow` says (or `allow` is empty) and none of its forms is in `deny`:
 * `allow` is asked about the whole that MicroSIP calls, since a harmless user part says nothing about its host; `deny`
 * about everything that names the same target.
 * @throws PhoneError `refused`
 */
export function checkRules(target: string, rules: DialRules, dialling?: Dialling): void {
  const { called, all } = calledForms(target, dialling);
  const allowed = rules.allow.length === 0 || rules.allow.some((pattern) => fits(pattern, called));
  const denied = rules.deny.some((pattern) => all.some((form) => fits(pattern, form)));
  if (!allowed || denied) throw new PhoneError('refused', 'default', { number: called });
}

/** Hosts have no capital letters of their own, so a rule may write them as it likes. */
function fits(pattern: Pattern, form: string): boolean {
  return pattern.test(form) || (form.includes('@') && pattern.testAnyCase(form));
}

function requirePattern(entry: string): void {
  if (entry.trim() === '') throw new PhoneError('config', 'pattern_blank');
  if (isVariable(entry)) throw new PhoneError('config', 'pattern_variable', { pattern: shownValue(entry) });
  if (entry.length > PATTERN_LIMITS.steps * 2) throw tooMuch();
  const fault = patternFault(entry);
  if (fault !== undefined) throw new PhoneError('config', fault, { pattern: shownValue(entry) });
}

function tooMuch(): PhoneError {
  return new PhoneError('config', 'pattern_size', { ...PATTERN_LIMITS });
}
