import { internationalNumber, isTrunkPrefix, validNumber } from '../../numbers/trunk-prefix';

/**
 * Marks without a picture of their own that spreadsheets, web pages and address books put into numbers: soft hyphen,
 * zero width, direction, variation. U+202E is none of them: it shows a number from behind.
 */
export const INVISIBLE = '\\u00ad\\u061c\\u200b-\\u200f\\u202a-\\u202d\\u2060\\u2066-\\u2069\\ufe00-\\ufe0f\\ufeff';
/**
 * The dashes of Unicode and the minus sign are hyphens to whoever wrote a number with them, and so is the prolonged sound
 * mark of Japanese keyboards.
 */
const SEPARATOR = `().\\/\\p{Zs}\\p{Pd}\\u2212\\u30fc${INVISIBLE}`;
/** Between the plus and the first digit: `+ 49`, `+(49)`. */
const AFTER_PLUS = `(\\p{Zs}${INVISIBLE}`;

/** A first character `(` is common in written numbers: `(030) 123456`. */
const WRITTEN_NUMBER = new RegExp(`^\\(?(?:\\+[${AFTER_PLUS}]*(?=[0-9]))?[0-9*#][0-9*#${SEPARATOR}]*$`, 'u');
const SEPARATORS = new RegExp(`[${SEPARATOR}]`, 'gu');
/** `+49 (0) 30 …`, `+36 (06) 1 …`, `+44 (020) …` */
const WITH_TRUNK_PREFIX = new RegExp(
  `^\\(?(?<plus>\\+|00|011)[${SEPARATOR}]*(?<code>[1-9]\\d{0,2})[${SEPARATOR}]*\\(\\p{Zs}*(?<brackets>\\d{1,6})\\p{Zs}*\\)(?<rest>.+)$`,
  'u',
);

/** An extension behind a number, as people write it. Without a blank before it, fewer digits may be a name such as `2x4`. */
const EXTENSION = new RegExp(
  `^(?<number>[^A-Za-z]*\\d[^A-Za-z]*[\\s,;.]|[^A-Za-z]*\\d{3}\\)?)[${SEPARATOR}]*(?:x|ext|extn|extension)[.:=]*[${SEPARATOR}]*(?<digits>\\d{1,11})$`,
  'iu',
);

/** Everything that a written number may hold. */
export const NUMBER_CHARACTER = new RegExp(`^[0-9*#${SEPARATOR}]$`, 'u');

export function isWrittenNumber(text: string): boolean {
  return WRITTEN_NUMBER.test(text);
}

/** The digits to dial of a written number: no separators, and no `(0)` where it is not dialled behind a country code. */
export function dialledDigits(written: string): string {
  const { plus, code = '', brackets = '', rest = '' } = WITH_TRUNK_PREFIX.exec(written)?.groups ?? {};
  const digits = withoutSeparators(rest);
  const plain = withoutSeparators(written);
  if (plus === undefined || !/^\d+$/.test(digits)) return plain;
  const numberOf = isTrunkPrefix(code, brackets) ? internationalNumber : validNumber;
  const international = numberOf(code, brackets + digits);
  return international === undefined ? plain : plus + international;
}

export function withoutSeparators(written: string): string {
  return written.replace(SEPARATORS, '');
}

/** A number with an extension behind it, taken apart; undefined for everything else. */
export function splitExtension(text: string): { number: string; extension: string } | undefined {
  const { number = '', digits = '' } = EXTENSION.exec(text)?.groups ?? {};
  const written = number.replace(/[\s,;.]+$/, '');
  return digits !== '' && isWrittenNumber(written) ? { number: written, extension: digits } : undefined;
}
