import { PhoneError } from '../../phone/errors/phone-error';
import { shownValue } from '../../phone/errors/shown-value';

const ID = /^[A-Za-z0-9_-]{1,64}$/;
/** As ids of phones they would stand where topics have a word. */
export const RESERVED_IDS: readonly string[] = ['all', 'group', 'agent'];

/** Of a phone, a group, a command or who sends it: one level of a topic. */
export function isFleetId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value);
}

export function isPhoneId(value: unknown): value is string {
  return isFleetId(value) && !RESERVED_IDS.includes(value);
}

/** @throws PhoneError `config` */
export function readFleetId(value: unknown): string {
  if (isFleetId(value)) return value;
  throw new PhoneError('config', 'fleet_id', { value: shownValue(value) });
}

/** @throws PhoneError `config` */
export function readPhoneId(value: unknown): string {
  const id = readFleetId(value);
  if (RESERVED_IDS.includes(id)) throw new PhoneError('config', 'reserved_id', { value: id });
  return id;
}
