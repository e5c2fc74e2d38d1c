import { PhoneError } from '../../errors/phone-error';

/** Characters. A SIP message over UDP has to fit into one packet (RFC 3428, section 8: 1300 bytes in all). */
const LONGEST = 1000;
/** MicroSIP takes this for a switch of the account wherever it stands (docs/microsip/interface.md#2.5). */
const ACCOUNT_SWITCH = '/account:';
/** Line ends are allowed; every other control character and what turns the direction of writing is not. */
const NOT_TEXT = /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/u;

const HALF_CHARACTER = /\p{Surrogate}/gu;

/**
 * The text of an instant message, as MicroSIP can be given it behind a number and a blank.
 * @throws PhoneError `config` when it is no text or empty, `refused` when MicroSIP would take a part of it for a command
 */
export function messageText(value: unknown): string {
  if (typeof value !== 'string' && !Number.isFinite(value)) throw new PhoneError('config', 'no_message_text');
  const whole = String(value).trim();
  if (whole === '') throw new PhoneError('config', 'no_message_text');
  if (whole.length > LONGEST) throw new PhoneError('refused', 'message_too_long', { longest: LONGEST });
  // Half a character cannot be passed on every way, and would arrive as something else.
  const text = whole.replace(HALF_CHARACTER, '\ufffd');
  if (text.includes(ACCOUNT_SWITCH) || NOT_TEXT.test(text)) throw new PhoneError('refused', 'message_text');
  return text;
}
