import { PhoneError, type ErrorReason } from '../../errors/phone-error';

/** ASCII that a person recognises when it is printed alone. */
const VISIBLE = /^[!-~]$/;
/** Enough to recognise a value, and no more of it in a log. */
const SHOWN = 60;

export function invalidNumber(reason: ErrorReason<'invalid_number'>, params: Record<string, string> = {}): PhoneError {
  return new PhoneError('invalid_number', reason, params);
}

/** Names the first character of a text that is not as it has to be: a space only where nothing else is wrong. */
export function invalidCharacter(text: string, allowed: RegExp): PhoneError {
  const wrong = Array.from(text).filter((one) => !allowed.test(one));
  const character = wrong.find((one) => one !== ' ') ?? wrong[0];
  return character === undefined
    ? invalidNumber('default')
    : invalidNumber('characters', { character: named(character) });
}

/** What a value looks like that is no number to dial. */
export function looksLike(reason: 'decimal' | 'exponent' | 'placeholder' | 'timestamp', value: unknown): PhoneError {
  return invalidNumber(reason, { value: String(value).slice(0, SHOWN) });
}

/** `? (U+003F)`, `" " (U+0020)`; what else cannot be seen or turns the direction of the sentence has its code alone. */
function named(character: string): string {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  if (character === ' ') return `" " (${code})`;
  return VISIBLE.test(character) ? `${character} (${code})` : code;
}
