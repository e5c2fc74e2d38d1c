import { readsAs } from './national-readings';
import { numberingPlans } from './numbering-plans';
import { decoded } from './user-part';

const REGION = /^[A-Za-z]{2}$/;

/** Digits with the visual separators of dial targets. */
const WRITTEN_NUMBER = /^\(?\+?[0-9(][0-9 ().\-/]{2,38}$/;
/** At most 15 digits (ITU-T E.164, section 6.2.1); some plans have possible numbers that are longer. */
const INTERNATIONAL_FORM = /^\+[1-9]\d{1,14}$/;
/** Address books and web pages put these between digits. */
const BLANKS = /\p{Zs}/gu;
const DASHES = /[\p{Pd}\u2212]/gu;
const NOT_DIGITS = /\D/g;
/** Escapes included. */
const LONGEST_WRITTEN = 120;

/** The international form of a number, where it has one. */
export type ToE164 = (number: string) => string | undefined;

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
 * A number with a `+` has to be possible: of a length that the country's plan has, since plans get new ranges all the
 * time. Without one it has to be written in one of the ways of its region (see `readsAs`). `user@host` stands for its
 * user.
 *
 * @param region ISO 3166-1 alpha-2 code of the country that national numbers are in; empty: they have no such form
 * @returns a function that never throws; undefined for everything that is no telephone number
 */
export function e164Formatter(region: string): ToE164 {
  const country = region.toUpperCase();
  return (number) => {
    const [user = ''] = number.trim().split('@', 1);
    if (user.length > LONGEST_WRITTEN) return undefined;
    // MicroSIP leaves escapes in what it shows.
    const text = decoded(user).replace(BLANKS, ' ').replace(DASHES, '-');
    if (!WRITTEN_NUMBER.test(text)) return undefined;
    const international = text.includes('+') ? possible(text) : national(text, country);
    return international !== undefined && INTERNATIONAL_FORM.test(international) ? international : undefined;
  };
}

function possible(text: string): string | undefined {
  const parsed = numberingPlans().parse(text, '');
  return parsed?.isPossible() ? parsed.number : undefined;
}

function national(text: string, region: string): string | undefined {
  return region !== '' && numberingPlans().has(region) ? readsAs(text.replace(NOT_DIGITS, ''), region) : undefined;
}
