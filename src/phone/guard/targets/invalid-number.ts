import { PhoneError, type ErrorReason } from '../../errors/phone-error';

/** ASCII that a person recognises when it is printed alone. */
const VISIBLE = /^[!-~]$/;
/** Enough to recognise a value, and no more of it in a log. */
const SHOWN = 60;

export function invalidNumber(reason: ErrorReason<'invalid_number'>, params: Record<string, string> = {}): PhoneError {
  return new PhoneError('invalid_number', reason, params);
}

/** Names the first character of a text that is not as it has to be. */
export function invalidCharacter(text: string, allowed: RegExp): PhoneError {
  const character = Array.from(text).find((one) => !allowed.test(one));
  return character === undefined
    ? invalidNumber('default')
    : invalidNumber('characters', { character: named(character) });
}

/** What a value looks like that is no number to dial. */
export function looksLike(reason: 'decimal' | 'exponent' | 'placeholder' | 'timestamp', value: unknown): PhoneError {
  return invalidNumber(reason, { value: String(value).slice(0, SHOWN) });
}

/** `? (U+003F)`; what cannot be seen or turns the direction of the sentence has its code alone. */
function named(character: string): string {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return VISIBLE.test(character) ? `${character} (${code})` : code;
}
