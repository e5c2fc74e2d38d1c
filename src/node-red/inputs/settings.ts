import { PhoneError } from '../../phone/errors/phone-error';

/**
 * One of the words that a setting of a node alone may have; a blank one means the default. Words of commands are the
 * phone's to check.
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

/** A setting; undefined when it is blank or missing. */
export function filled<T>(value: T | '' | undefined): T | undefined {
  return value === '' ? undefined : value;
}
