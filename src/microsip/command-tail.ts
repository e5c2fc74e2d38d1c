import { PhoneError } from '../phone/errors/phone-error';

/**
 * What stands behind the program's name on MicroSIP's command line so that it reads exactly this text. It takes that
 * tail raw, cuts blanks off both ends and drops one pair of quotes around the whole (docs/microsip/interface.md#1 and
 * #2.2); it knows no escapes. So one pair goes around a text with blanks or quotes, and the quotes in it stay as they
 * are. Windows' own rules give the same one argument wherever the text has no quotes itself.
 * @throws PhoneError `invalid_number` for what would delete the user's data (docs/microsip/interface.md#9), which no
 * encoder yields
 */
export function commandTail(text: string): string {
  if (/^["\s]*\/reset/i.test(text)) throw new PhoneError('invalid_number', 'command');
  return /["\s]/.test(text) ? `"${text}"` : text;
}
