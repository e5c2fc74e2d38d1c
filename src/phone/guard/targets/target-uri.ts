import { internationalNumber } from '../../numbers/trunk-prefix';
import { invalidCharacter, invalidNumber } from './invalid-number';
import { refuseLookAlikes, requireLength, trimmed } from './typed-text';
import { dialledDigits, isWrittenNumber, NUMBER_CHARACTER, splitExtension, withoutSeparators } from './written-number';

const SCHEME = /^(sips?|tel|callto|dial|dialpad):/i;
const ANY_SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*:/;
const PARAMETER = /^[A-Za-z0-9._+=:@[\]()!~*'&$/-]*$/;
const PARAMETER_CHARACTER = /^[A-Za-z0-9._+=:@[\]()!~*'&$/-]$/;
/** RFC 2806, section 2.2: `p` is a pause of a second, `w` a wait for another dial tone. */
const POST_DIAL = /^[0-9A-D*#pw]+$/i;

/** Whether a text is an address of something that is no telephone. */
export function isForeignUri(text: string): boolean {
  return ANY_SCHEME.test(text) && !SCHEME.test(text);
}

/** An address taken apart. */
export interface TargetUri {
  user: string;
  host?: string;
  /** Digits to send after the answer, with a comma for each pause before them; or empty. */
  tail: string;
}

/**
 * Takes the parameters off the address in a URI: those of a telephone number belong to its user part (RFC 3966, RFC 3261
 * section 19.1.6), and what stands behind the host carries no part of the address.
 * @returns undefined for a text that is no URI
 * @throws PhoneError `invalid_number`
 */
export function targetUri(text: string): TargetUri | undefined {
  const scheme = SCHEME.exec(text);
  if (!scheme) {
    if (ANY_SCHEME.test(text) && !text.includes('@')) throw invalidNumber('scheme');
    return undefined;
  }
  const isTel = scheme[1]?.toLowerCase() === 'tel';
  const rest = trimmed(decoded(withoutSlashes(text.slice(scheme[0].length))));
  requireLength(rest);
  const at = rest.indexOf('@');
  if (at < 0 || isTel) return telephone(rest, { isTel });
  const [host = '', ...parameters] = rest.slice(at + 1).split(';');
  requireParameters(parameters);
  const { user, tail } = telephone(rest.slice(0, at), { host, isNumber: parameters.includes('user=phone') });
  return { user, host, tail };
}

function withoutSlashes(text: string): string {
  return text.startsWith('//') ? text.slice(2).replace(/\/$/, '') : text;
}

/** @throws PhoneError `invalid_number` for escapes that are none */
function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalidCharacter('%', /[^%]/);
  }
}

interface UserPartKind {
  host?: string;
  /** Nothing but a number may stand there. */
  isTel?: boolean;
  /** Its separators mean nothing. */
  isNumber?: boolean;
}

/** A user part with its parameters. */
function telephone(text: string, { host, isTel = false, isNumber = isTel }: UserPartKind): TargetUri {
  const [written = '', ...parameters] = text.split(';');
  requireParameters(parameters);
  refuseLookAlikes(written);
  const isWritten = isWrittenNumber(written);
  if (isTel && !isWritten && !splitExtension(written)) throw invalidCharacter(written, NUMBER_CHARACTER);
  const number = isNumber && isWritten ? dialledDigits(written) : written;
  const user = inContext(number, valueOf('phone-context', parameters), host);
  return { user, tail: extension(valueOf('ext', parameters)) + postDial(valueOf('postd', parameters)) };
}

/** @throws PhoneError `invalid_number` when it is a number of a place that is not the host */
function inContext(number: string, context: string | undefined, host: string | undefined): string {
  if (context === undefined || number.startsWith('+')) return number;
  if (!context.startsWith('+')) {
    if (context.toLowerCase() === host?.toLowerCase()) return number;
    throw invalidNumber('context', { context });
  }
  const code = withoutSeparators(context).slice(1);
  const digits = dialledDigits(number);
  if (!/^[1-9]\d*$/.test(code) || !/^\d+$/.test(digits)) throw invalidNumber('context', { context });
  return `+${internationalNumber(code, digits) ?? code + digits}`;
}

function extension(value: string | undefined): string {
  if (value === undefined) return '';
  const digits = withoutSeparators(value);
  if (!/^\d+$/.test(digits)) throw invalidNumber('tail');
  return `,,${digits}`;
}

function postDial(value: string | undefined): string {
  if (value === undefined) return '';
  const digits = withoutSeparators(value).toUpperCase();
  if (!POST_DIAL.test(digits)) throw invalidNumber('tail');
  const paused = digits.replace(/[PW]/g, ',');
  return paused.startsWith(',') ? paused : `,${paused}`;
}

function valueOf(name: string, parameters: readonly string[]): string | undefined {
  const found = parameters.find((parameter) => parameter.toLowerCase().startsWith(`${name}=`));
  return found?.slice(name.length + 1);
}

function requireParameters(parameters: readonly string[]): void {
  for (const parameter of parameters)
    if (!PARAMETER.test(parameter)) throw invalidCharacter(parameter, PARAMETER_CHARACTER);
}
