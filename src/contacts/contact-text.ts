import { LONGEST_TEXT, shownText } from '../phone/texts/shown-text';

/** Letters, digits and signs of European languages: nothing in them that `shownText` would change but the ends. */
const PLAIN = /^[\x20-\x7e\xa1-\xac\xae-\u024f]*$/;
const BLANKS = /\p{Zs}/gu;
const DASHES = /[\p{Pd}\u2212]/gu;
/** A number of those separators that everybody knows, as most are. */
const PLAIN_NUMBER = /^\+?[\d(][\d ()/.*#-]*$/;
/** What a spreadsheet has made of a number: its digits are lost. */
const ROUNDED = /^\d+(?:[.,]\d+)?E\+?\d+$/i;
const TEL = /^tel:/i;

/** As `shownText`, for thousands of texts at once. */
export function contactText(text: string): string | undefined {
  if (text.length > LONGEST_TEXT || !PLAIN.test(text)) return shownText(text);
  return text.trim() || undefined;
}

/**
 * A number as MicroSIP takes it: one line with separators that it knows, without the scheme of a telephone number's
 * address and its parameters.
 * @returns undefined for what names no telephone
 */
export function contactNumber(text: string): string | undefined {
  if (PLAIN_NUMBER.test(text) && text.length <= LONGEST_TEXT) return text.trim();
  const shown = contactText(text);
  if (shown === undefined || !/[\p{L}\p{N}*#]/u.test(shown) || ROUNDED.test(shown)) return undefined;
  const number = TEL.test(shown) ? shown.slice('tel:'.length).split(';', 1)[0] : shown;
  return number?.replace(BLANKS, ' ').replace(DASHES, '-').trim() || undefined;
}
