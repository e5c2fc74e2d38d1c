import { PhoneError } from '../../errors/phone-error';
import { shownValue } from '../../errors/shown-value';

/** SIP's own Call-IDs are shorter, and so are those that we make. */
const LONGEST = 1000;

/**
 * The id of a call, as events and snapshots have it. Anything else must not pass for "the current call".
 * @throws PhoneError `config`
 */
export function callIdText(value: unknown): string {
  if (isCallId(value)) return value;
  throw new PhoneError('config', 'value', { name: 'callId', value: shownValue(value) });
}

export function isCallId(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST;
}
