import type { PhoneNumber } from 'libphonenumber-js/core';
import { numberingPlans } from './numbering-plans';

const NOT_DIGITS = /\D/g;
/** Numbers inside a company have up to this many digits, and some would be valid outside of it. */
const IN_HOUSE_DIGITS = 5;
/** Where a numbering plan has no way to write a number with fewer digits, it is a coincidence that it is valid. */
const TELLING_DIGITS = 8;
/** Whole national numbers in countries with trunk prefixes have more digits, but for freak ones. */
const FEWEST_WHOLE = 7;

/** @param national what the plan makes of the digits as a number of the region, if it is a valid one */
type Reading = (digits: string, region: string, national?: PhoneNumber) => PhoneNumber | undefined;

/**
 * The ways to write a telephone number without a `+`, the likeliest first. All but the first want a valid number, not just
 * one of a possible length:
 *
 * 1. with what is dialled there before the country code of another country: `0049…`, `01149…`;
 * 2. as it is written within the country, with its `0` where there is one;
 * 3. with a trunk prefix that is not written as a rule, and perhaps the code of a telephone company: `021 11 912345678` in
 *    Brazil;
 * 4. with the country code alone, as telephone companies deliver it: `4930…`. In a country with trunk prefixes this comes
 *    before (6): `4930123456` is a number in Berlin rather than one in 04930 without its zero;
 * 5. with a zero before the country code, which gateways make of a plus: `091…`;
 * 6. without the trunk prefix, when it cannot be a number within an area, whose code nobody can tell: it has more digits
 *    than those have there (or anywhere), or as many as the longest fixed line number. So `30123456` in Germany, where
 *    numbers have many lengths, stands for nothing, though it may be meant for Berlin; `15123456789` is a mobile phone.
 */
const READINGS: readonly Reading[] = [abroad, asWritten, withPrefixes, withCountryCode, withZeroAndCode, withoutPrefix];

/**
 * The number that these digits stand for in this region.
 * @returns `+` and digits; undefined when it is an in-house number, a number within an area, or none
 */
export function readsAs(digits: string, region: string): string | undefined {
  const national = validNational(digits, region);
  for (const reading of READINGS) {
    const found = reading(digits, region, national);
    if (found) return found.number;
  }
  return undefined;
}

function abroad(digits: string, region: string): PhoneNumber | undefined {
  const prefix = numberingPlans().internationalPrefix(region);
  const found = prefix === undefined ? null : new RegExp(`^(?:${prefix})`).exec(digits);
  if (!found) return undefined;
  const parsed = numberingPlans().parse(`+${digits.slice(found[0].length)}`, '');
  // A single digit before it may be a trunk prefix as well.
  return (found[0].length > 1 ? parsed?.isPossible() : parsed?.isValid()) ? parsed : undefined;
}

function asWritten(digits: string, _region: string, national?: PhoneNumber): PhoneNumber | undefined {
  const written = national?.formatNational();
  if (written?.replace(NOT_DIGITS, '') !== digits) return undefined;
  return written !== digits || digits.length >= TELLING_DIGITS ? national : undefined;
}

function withPrefixes(digits: string, region: string, national?: PhoneNumber): PhoneNumber | undefined {
  const parsed = national ?? withTrunkPrefix(digits, region);
  if (!parsed || parsed.nationalNumber.length <= IN_HOUSE_DIGITS) return undefined;
  return parsed.nationalNumber.length < digits.length && digits.endsWith(parsed.nationalNumber) ? parsed : undefined;
}

/** What looks like the code of a telephone company may be the beginning of the number: `03` in Colombia. */
function withTrunkPrefix(digits: string, region: string): PhoneNumber | undefined {
  const code = numberingPlans().callingCode(region) ?? '';
  const trunk = numberingPlans().trunkPrefix(code) ?? '';
  return trunk !== '' && digits.startsWith(trunk)
    ? withCountryCode(code + digits.slice(trunk.length), region)
    : undefined;
}

function withCountryCode(digits: string, region: string): PhoneNumber | undefined {
  const code = numberingPlans().callingCode(region);
  if (code === undefined || !digits.startsWith(code) || digits.length <= IN_HOUSE_DIGITS) return undefined;
  const parsed = numberingPlans().parse(`+${digits}`, '');
  return parsed?.number === `+${digits}` && parsed.isValid() ? parsed : undefined;
}

function withZeroAndCode(digits: string, region: string): PhoneNumber | undefined {
  return digits.startsWith('0') ? withCountryCode(digits.slice(1), region) : undefined;
}

function withoutPrefix(digits: string, region: string, national?: PhoneNumber): PhoneNumber | undefined {
  if (national?.nationalNumber !== digits) return undefined;
  return digits.length >= Math.max(FEWEST_WHOLE, numberingPlans().fewestWhole(region)) ? national : undefined;
}

function validNational(digits: string, region: string): PhoneNumber | undefined {
  if (digits.length <= IN_HOUSE_DIGITS) return undefined;
  const parsed = numberingPlans().parse(digits, region);
  return parsed?.isValid() ? parsed : undefined;
}
