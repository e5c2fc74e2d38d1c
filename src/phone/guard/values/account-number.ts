import { PhoneError } from '../../errors/phone-error';
import { shownValue } from '../../errors/shown-value';

const HIGHEST = 999;

/**
 * The number of an account in MicroSIP, 1..999: as a number or in digits.
 * @throws PhoneError `config`
 */
export function accountNumber(value: unknown): number {
  const account = typeof value === 'string' && /^\s*\d+\s*$/.test(value) ? Number(value) : value;
  if (typeof account === 'number' && Number.isInteger(account) && account >= 1 && account <= HIGHEST) return account;
  throw new PhoneError('config', 'value', { name: 'account', value: shownValue(value) });
}
