import { PhoneError } from '../../phone/errors/phone-error';
import { shownValue } from '../../phone/errors/shown-value';

/**
 * A text that a program gives, or a whole number as its digits. The types keep no program in JavaScript from anything, and
 * what is wrong would be found when nobody can be told any more.
 * @throws PhoneError `config`
 */
export function givenText(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  if (Number.isSafeInteger(value) && (value as number) >= 0) return String(value);
  throw new PhoneError('config', 'value', { name, value: shownValue(value) });
}
