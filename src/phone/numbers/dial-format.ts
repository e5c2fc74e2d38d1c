import type { DialFormat } from '../commands/command';
import { calledNumber } from '../guard/targets/dial-target';
import { PhoneError } from '../errors/phone-error';
import { e164Formatter } from './e164';
import { numberingPlans } from './numbering-plans';

const NOT_DIALLED = /[^0-9+]/g;

/**
 * Makes a function that rewrites what is dialled. Only telephone numbers are rewritten, with what may follow them
 * (`,123`): in-house numbers, names and addresses with a host stay as they are.
 *
 * - `e164`: `+`, country code and number.
 * - `national`: as it is dialled within the region; a number of another country stays international.
 *
 * @param region ISO 3166-1 alpha-2 code, or empty
 * @returns a function of a checked dial target
 * @throws PhoneError (the returned function) `config` without a region
 */
export function dialFormatter(region: string): (target: string, format: DialFormat) => string {
  const e164 = e164Formatter(region);
  return (target, format) => {
    if (format === 'typed') return target;
    if (region === '') throw new PhoneError('config', 'no_region');
    const number = calledNumber(target);
    const international = number.includes('@') ? undefined : e164(number);
    if (international === undefined) return target;
    return (format === 'e164' ? international : national(international, region)) + target.slice(number.length);
  };
}

function national(international: string, region: string): string {
  const plans = numberingPlans();
  const parsed = plans.parse(international, '');
  // Countries that share a code, such as the USA and Canada, dial each other like themselves.
  if (!parsed || parsed.countryCallingCode !== plans.callingCode(region)) return international;
  return parsed.formatNational().replace(NOT_DIALLED, '');
}
