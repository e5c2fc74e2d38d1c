import { isForeignUri } from '../phone/guard/targets/target-uri';
import { isPlaceholder } from '../phone/guard/targets/typed-text';
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
/** So begin MicroSIP's commands (docs/microsip/interface.md#2.2). */
const COMMAND = /^[-/]/;

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
  // A part of a number is another number.
  if (shown === undefined || text.trim().length > LONGEST_TEXT || isForeignUri(shown)) return undefined;
  const called = TEL.test(shown) ? (shown.slice('tel:'.length).split(';', 1)[0] ?? '') : shown;
  const number = called.replace(BLANKS, ' ').replace(DASHES, '-').trim();
  const isNone =
    !/[\p{L}\p{N}*#]/u.test(number) || ROUNDED.test(number) || isPlaceholder(number) || COMMAND.test(number);
  return isNone ? undefined : number;
}
