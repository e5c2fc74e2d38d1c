/** What a user part may hold without being percent-encoded; `;`, `,` and `?` would end an address without brackets. */
const PLAIN_IN_USER = /[A-Za-z0-9\-_.!~*'()&=+$/]/;
/** PJSIP prints these as they are (docs/microsip/interface.md#3). */
const PRINTED_IN_USER = /[A-Za-z0-9\-_.!~*'()&=+$,;?/%]/;
/** PJSIP prints an identity into 256 bytes. */
const LONGEST_IDENTITY = 255;
const TOO_LONG = '<-error: uri too long->';

export interface Identity {
  number: string;
  name?: string;
  host: string;
  /** Of the address: `;user=phone`. */
  parameters?: string;
}

/** A header is one line, whatever somebody calls himself. */
export function headerSafe(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').replaceAll('\0', '');
}

export function escapedUser(user: string): string {
  return escaped(user, PLAIN_IN_USER);
}

/** `sip:user@host`, fit to stand without brackets. */
export function sipUri(user: string, host: string): string {
  return uriOf(escapedUser(user), host);
}

/** The value of `From` or `To` without its tag. */
export function nameAddress({ number, name, host, parameters = '' }: Identity): string {
  return withName(name, sipUri(number, host) + parameters);
}

/** The other party as PJSIP prints it for MicroSIP and in its own lines. */
export function printedIdentity({ number, name, host, parameters = '' }: Identity): string {
  const printed = withName(name, uriOf(escaped(number, PRINTED_IN_USER), host) + parameters);
  return Buffer.byteLength(printed) > LONGEST_IDENTITY ? TOO_LONG : printed;
}

function uriOf(user: string, host: string): string {
  const safeHost = host.replace(/[\0-\x20\x7f<>",;?@]/g, '');
  return `sip:${user === '' ? '' : `${user}@`}${safeHost}`;
}

function withName(name: string | undefined, uri: string): string {
  if (name === undefined) return `<${uri}>`;
  return `"${headerSafe(name).replace(/["\\]/g, '\\$&')}" <${uri}>`;
}

function escaped(user: string, plain: RegExp): string {
  return Array.from(Buffer.from(user), (byte) => {
    const character = String.fromCharCode(byte);
    return byte < 0x80 && plain.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}
