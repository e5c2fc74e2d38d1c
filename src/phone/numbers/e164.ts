import type { PhoneNumber } from 'libphonenumber-js/core';
import { numberingPlans } from './numbering-plans';

const REGION = /^[A-Za-z]{2}$/;

/** Digits with the visual separators of dial targets. */
const WRITTEN_NUMBER = /^\(?\+?[0-9(][0-9 ().\-/]{2,38}$/;
/** At most 15 digits (ITU-T E.164, section 6.2.1); some plans have possible numbers that are longer. */
const INTERNATIONAL_FORM = /^\+[1-9]\d{1,14}$/;
const NOT_DIGITS = /\D/g;

/** Numbers inside a company have up to this many digits, and some would be valid outside of it. */
const IN_HOUSE_DIGITS = 5;
/** Where a numbering plan has no way to write a number with this many digits, it is a coincidence that it is valid. */
const TELLING_DIGITS = 8;

/**
 * Whether numbers without a country code can be understood with this setting.
 * @param text an ISO 3166-1 alpha-2 code in any case, or empty for none
 */
export function isRegion(text: string): boolean {
  return text === '' || (REGION.test(text) && numberingPlans().has(text.toUpperCase()));
}

/**
 * Makes the international form (ITU-T E.164: `+` and digits) of what telephones show and people dial.
 *
 * A number with a country code (`+49…`; with a region also `0049…` or what else is dialled there before it) has to be
 * possible: of a length that the country's plan has, since plans get new ranges all the time. A national number has to be
 * valid as well, and written as it is there, with its `0` where there is one: digits that lack it are a local or
 * in-house number, of which nobody can tell the rest. `user@host` stands for its user.
 *
 * @param region ISO 3166-1 alpha-2 code of the country that national numbers are in; empty: they have no such form
 * @returns a function that never throws; undefined for everything that is no telephone number
 */
export function e164Formatter(region: string): (number: string) => string | undefined {
  const country = region.toUpperCase();
  return (number) => {
    const [text = ''] = number.trim().split('@', 1);
    if (!WRITTEN_NUMBER.test(text)) return undefined;
    if (country === '' && !text.includes('+')) return undefined;
    const parsed = numberingPlans().parse(text, country);
    if (!parsed?.isPossible() || !INTERNATIONAL_FORM.test(parsed.number)) return undefined;
    return isInternational(text, parsed) || isNational(text, parsed) ? parsed.number : undefined;
  };
}

/** With `+`, or with at least two digits before its country code that the region's plan takes for the same. */
function isInternational(text: string, { number }: PhoneNumber): boolean {
  if (text.includes('+')) return true;
  const digits = text.replace(NOT_DIGITS, '');
  const complete = number.slice(1);
  return digits.endsWith(complete) && digits.length >= complete.length + 2;
}

function isNational(text: string, parsed: PhoneNumber): boolean {
  const digits = text.replace(NOT_DIGITS, '');
  if (digits.length <= IN_HOUSE_DIGITS || !parsed.isValid()) return false;
  // Telephone companies deliver numbers in this form too.
  if (digits === parsed.number.slice(1)) return true;
  const written = parsed.formatNational();
  if (written.replace(NOT_DIGITS, '') !== digits) return false;
  return written !== digits || digits.length >= TELLING_DIGITS;
}
