import { accountNumber } from '../phone/guard/account-number';
import { PhoneError } from '../phone/phone-error';

/**
 * One of the words that a setting of a node may have; a blank one means the default.
 * @throws PhoneError `config` for any other
 */
export function wordSetting<W extends string>(
  name: string,
  value: string | number | undefined,
  words: readonly W[],
  byDefault: W,
): W {
  if (value === undefined || value === '') return byDefault;
  const word = words.find((one) => one === String(value));
  if (word === undefined) throw new PhoneError('config', 'value', { name, value });
  return word;
}

/** A setting that is a list of words, one word, or blank: what it names. */
export function wordList(value: readonly string[] | string | undefined): string[] {
  return [value ?? []].flat().filter((word) => word !== '');
}

/**
 * Accounts are numbered from 1 (interface document, section 2.5); a blank one means none.
 * @throws PhoneError `config` for what is no whole number from 1 to 999
 */
export function accountSetting(value: string | number | undefined): number | undefined {
  return value === undefined || value === '' ? undefined : accountNumber(value);
}
