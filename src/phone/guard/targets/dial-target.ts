import { checkedHost } from './host';
import { invalidCharacter, invalidNumber } from './invalid-number';
import { targetUri, type TargetUri } from './target-uri';
import { refuseLookAlikes, refusePlaceholder, requireLength, typedText } from './typed-text';
import { dialledDigits, isWrittenNumber, NUMBER_CHARACTER, splitExtension } from './written-number';

const LETTER = /[A-Za-z]/;
const NAME_CHARACTER = /^[A-Za-z0-9._+-]$/;
/** MicroSIP takes everything that begins with a plus for a number (docs/microsip/corrections.md#1). */
const SHORT_NAME = /^[A-Za-z0-9._][A-Za-z0-9._+-]*$/;
/** `*` and `#` occur in feature codes such as `*97@pbx`. */
const USER = /^[A-Za-z0-9._+*#][A-Za-z0-9._+*#-]*$/;
const USER_CHARACTER = /^[A-Za-z0-9._+*#-]$/;
const ANY_SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*:/;
const DTMF_TAIL = /^[0-9A-D*#,]*$/;

/**
 * Makes a dial target out of untrusted data, or throws. What is returned cannot be anything but a number for MicroSIP:
 * its parser turns a blank into a text message, a leading slash into a command and `/account:1/password:x` anywhere
 * into a new password (docs/microsip/interface.md#2.2 to #2.6 and #9), so the result is built anew from an allow-list.
 *
 * @param input a text, or a non-negative whole number that is taken as its digits
 * @returns what is called: a number without separators, a name, or `user@host[:port]`, each perhaps with a DTMF tail
 * (`1001,,123#`); at most 255 characters
 * @throws PhoneError `invalid_number`
 */
export function dialTarget(input: unknown): string {
  const text = typedText(input);
  const target = withExtension(text) ?? withTail(text);
  requireLength(target);
  return target;
}

/** The target without its DTMF tail: what is called. */
export function calledNumber(target: string): string {
  return target.split(',', 1)[0] ?? target;
}

function withExtension(text: string): string | undefined {
  const { number, extension } = splitExtension(text) ?? {};
  if (number === undefined) return undefined;
  refuseLookAlikes(number);
  return `${dialledDigits(number)},,${extension}`;
}

function withTail(text: string): string {
  const comma = text.indexOf(',');
  const body = comma < 0 ? text : text.slice(0, comma);
  const tail = comma < 0 ? '' : text.slice(comma);
  if (!DTMF_TAIL.test(tail)) throw invalidNumber('tail');
  const uri = targetUri(body) ?? splitAtHost(body);
  // MicroSIP 3.22.3 takes a comma at the very end as part of the number (docs/microsip/interface.md#2.6).
  return address(uri) + `${uri.tail}${tail}`.replace(/,+$/, '');
}

function splitAtHost(text: string): TargetUri {
  const at = text.indexOf('@');
  if (at < 0) return { user: text, tail: '' };
  return { user: text.slice(0, at), host: text.slice(at + 1), tail: '' };
}

function address({ user, host }: TargetUri): string {
  refuseLookAlikes(user);
  if (host === undefined) return withExtension(user) ?? numberOrName(user);
  refusePlaceholder(host);
  return `${userPart(user)}@${checkedHost(host)}`;
}

function numberOrName(text: string): string {
  if (isWrittenNumber(text)) return dialledDigits(text);
  if (LETTER.test(text) && SHORT_NAME.test(text)) return text;
  throw fault(text, NAME_CHARACTER);
}

/** A user of another server is called as it is written: there `1001-1` may be somebody else than `10011`. */
function userPart(user: string): string {
  if (/^\(?\+/.test(user) && isWrittenNumber(user)) return dialledDigits(user);
  if (USER.test(user) && (LETTER.test(user) || isWrittenNumber(user))) return user;
  throw fault(user, USER_CHARACTER);
}

function fault(text: string, nameCharacter: RegExp): Error {
  if (/^[-/]/.test(text)) return invalidNumber('command');
  if (ANY_SCHEME.test(text)) return invalidNumber('scheme');
  const isName = LETTER.test(text) && !text.startsWith('+');
  return invalidCharacter(text.replace(/^\+/, ''), isName ? nameCharacter : NUMBER_CHARACTER);
}
