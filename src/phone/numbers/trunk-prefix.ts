import { numberingPlans } from './numbering-plans';

/**
 * A national number behind its country code: without the digits that only callers within the country dial first (the 0 of
 * `+49 (0) 30 …`), but with them where they are a part of the number, as in Italy.
 *
 * @param code country calling code, digits
 * @param national digits, as dialled within the country
 * @returns digits, beginning with `code`; undefined when there is no such country
 */
export function internationalNumber(code: string, national: string): string | undefined {
  const plans = numberingPlans();
  const trunk = plans.trunkPrefix(code);
  if (trunk === undefined) return undefined;
  const whole = validNumber(code, national);
  if (whole !== undefined) return whole;
  // Somebody may have written a zero where another digit, or nothing, is dialled before a number.
  const shorter = [trunk, '0']
    .filter((prefix) => prefix !== '' && national.startsWith(prefix))
    .map((prefix) => code + national.slice(prefix.length));
  const valid = shorter.find((number) => plans.parse(`+${number}`, '')?.isValid());
  if (valid !== undefined) return valid;
  return trunk !== '' && national.startsWith(trunk) ? code + national.slice(trunk.length) : code + national;
}

/** The same for numbers that exist only; undefined for every other. */
export function validNumber(code: string, national: string): string | undefined {
  const whole = numberingPlans().parse(`+${code}${national}`, '');
  return whole?.countryCallingCode === code && whole.isValid() ? whole.number.slice(1) : undefined;
}

/** Whether these digits, in brackets behind a country code, are what only callers within the country dial. */
export function isTrunkPrefix(code: string, digits: string): boolean {
  return digits === '0' || digits === numberingPlans().trunkPrefix(code);
}
