import { PhoneError } from '../../errors/phone-error';
import { isTimeStamp } from './time-stamp';

const MAX_LENGTH = 255;
const DIGITS = /^[0-9A-D*#,]*[0-9A-D*#][0-9A-D*#,]*$/;

/** Digits to send in one go, and the pause before them. */
export interface DtmfPart {
  pauseSeconds: number;
  digits: string;
}

/**
 * Checks DTMF digits and splits them at the pauses. MicroSIP sends a comma as an (invalid) digit
 * (docs/microsip/interface.md#2.7), so each comma becomes a pause of one second that the phone times itself.
 *
 * @param input a text of `0-9 A-D * # ,` with at least one digit, at most 255 characters; or a non-negative whole number
 *   that is no time of this decade in ms
 * @throws PhoneError `invalid_digits`
 */
export function dtmfParts(input: unknown): DtmfPart[] {
  if (typeof input === 'number' && isTimeStamp(input)) {
    throw new PhoneError('invalid_digits', 'timestamp', { value: String(input) });
  }
  const text = typeof input === 'number' && Number.isSafeInteger(input) && input >= 0 ? String(input) : input;
  if (typeof text !== 'string' || text === '') throw new PhoneError('invalid_digits', 'not_text');
  if (text.length > MAX_LENGTH || !DIGITS.test(text)) throw new PhoneError('invalid_digits');
  const parts: DtmfPart[] = [];
  for (const [, commas = '', digits = ''] of text.matchAll(/(,*)([^,]+)/g)) {
    parts.push({ pauseSeconds: commas.length, digits });
  }
  return parts;
}
