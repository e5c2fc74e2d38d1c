import { isIPv4, isIPv6 } from 'node:net';
import { PhoneError } from '../phone-error';

const MAX_LENGTH = 255;

/** A first character `(` is common in written numbers: `(030) 123456`. */
const WRITTEN_NUMBER = /^\(?\+?[0-9*#][0-9*#().\-/ ]*$/;
const VISUAL_SEPARATORS = /[ ().\-/]/g;
const SHORT_NAME = /^[A-Za-z0-9._+-]*[A-Za-z0-9][A-Za-z0-9._+-]*$/;
/** `*` and `#` occur in feature codes such as `*97@pbx`. */
const USER = /^[A-Za-z0-9._+*#-]*[A-Za-z0-9*#][A-Za-z0-9._+*#-]*$/;
const HOST_NAME =
  /^(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*$/;
const SCHEME = /^(sip|tel|callto):(?:\/\/)?/i;
const ANY_SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*:/;
const DTMF_TAIL = /^[0-9A-D*#,]*$/;

/**
 * Makes a dial target out of untrusted data, or throws. What is returned cannot be anything but a number for MicroSIP:
 * its parser turns a blank into a text message, a leading slash into a command and `/account:1/password:x` anywhere into
 * a new password (interface document, sections 2.2 to 2.6 and 9), so the result is built anew from an allow-list.
 *
 * @param input a text, or a non-negative whole number that is taken as its digits
 * @returns what MicroSIP is told to dial: a number without separators, a name, or `user@host[:port]`, each perhaps with a
 * DTMF tail (`1001,,123#`); at most 255 characters
 * @throws PhoneError `invalid_number`
 */
export function dialTarget(input: unknown): string {
  const text = asText(input);
  if (text.length > MAX_LENGTH) throw invalid('too_long');
  const comma = text.indexOf(',');
  if (comma < 0) return address(text);
  const tail = text.slice(comma);
  if (!DTMF_TAIL.test(tail)) throw invalid('tail');
  // MicroSIP 3.22.3 takes a comma at the very end as part of the number (interface document, section 2.6).
  return address(text.slice(0, comma)) + tail.replace(/,+$/, '');
}

/** The target without its DTMF tail: what is called. */
export function calledNumber(target: string): string {
  return target.split(',', 1)[0] ?? target;
}

function asText(input: unknown): string {
  if (typeof input === 'number' && Number.isSafeInteger(input) && input >= 0) return String(input);
  if (typeof input !== 'string') throw invalid('not_text');
  const text = input.replace(/^ +| +$/g, '');
  if (text === '') throw invalid('not_text');
  return text;
}

function address(text: string): string {
  const scheme = SCHEME.exec(text);
  if (scheme) return uriAddress((scheme[1] ?? '').toLowerCase(), text.slice(scheme[0].length));
  return plainAddress(text);
}

function uriAddress(scheme: string, rest: string): string {
  // Parameters carry no part of the address: `;user=phone`, `;ext=`, `;phone-context=` (RFC 3261, RFC 3966).
  const [bare = '', ...parameters] = rest.split(';');
  if (parameters.some((parameter) => !/^[A-Za-z0-9._+=:@[\]-]*$/.test(parameter))) throw invalid('characters');
  if (scheme === 'tel' && !WRITTEN_NUMBER.test(bare)) throw invalid(firstFault(bare));
  return plainAddress(bare);
}

function plainAddress(text: string): string {
  const at = text.indexOf('@');
  if (at >= 0) return userAtHost(text.slice(0, at), text.slice(at + 1));
  if (WRITTEN_NUMBER.test(text)) return text.replace(VISUAL_SEPARATORS, '');
  if (SHORT_NAME.test(text) && !text.startsWith('-')) return text;
  throw invalid(firstFault(text));
}

function userAtHost(user: string, hostAndPort: string): string {
  if (user.startsWith('-') || !USER.test(user)) throw invalid(firstFault(user));
  const port = /:(\d{1,5})$/.exec(hostAndPort);
  const bracketed = hostAndPort.startsWith('[') && hostAndPort.endsWith(']');
  const host = port && !bracketed ? hostAndPort.slice(0, -port[0].length) : hostAndPort;
  const portNumber = port && !bracketed ? Number(port[1]) : 5060;
  if (!isHost(host) || portNumber < 1 || portNumber > 65535) throw invalid('host');
  return `${user}@${hostAndPort}`;
}

function isHost(host: string): boolean {
  if (host.startsWith('[') && host.endsWith(']')) return isIPv6(host.slice(1, -1)) && !host.includes('%');
  // A name of four numbers that is no address would reach the resolver as a name.
  if (/^[\d.]+$/.test(host)) return isIPv4(host);
  return HOST_NAME.test(host);
}

function firstFault(text: string): string {
  if (/^[-/]/.test(text)) return 'command';
  if (ANY_SCHEME.test(text)) return 'scheme';
  return 'characters';
}

function invalid(reason: string): PhoneError {
  return new PhoneError('invalid_number', reason);
}
