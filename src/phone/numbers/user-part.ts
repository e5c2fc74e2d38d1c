/** What the user part of a SIP address holds. */
export interface UserPart {
  /** Without the parameters of a telephone number; as it was given where there are none. */
  number: string;
  /** Where a number without a country code is valid (RFC 3966, section 5.1.5): `+49`, or a domain. */
  phoneContext?: string;
}

/** Servers write it escaped as well. */
const SEMICOLON = /;|%3b/i;
const EVERY_SEMICOLON = /;|%3b/gi;
const PHONE_NUMBER = /^\+?[0-9*#][0-9*#().\-/]*$/;
const PARAMETER = /^[a-z0-9._-]+(?:(?:=|%3d).*)?$/is;
const PHONE_CONTEXT = /^phone-context(?:=|%3d)(.*)$/is;
const NOT_DIALLED = /[^0-9]/g;

/**
 * Splits the parameters off: those of telephone numbers (RFC 3966, RFC 4694, RFC 4904, `verstat` of 3GPP TS 24.229) and
 * those that servers invent. They tell how a call is routed and who vouches for the number, not who calls.
 */
export function userPart(text: string): UserPart {
  const first = text.search(SEMICOLON);
  const number = asDialled(first <= 0 ? text : text.slice(0, first));
  const parameters = first <= 0 ? [] : text.slice(first).split(EVERY_SEMICOLON).slice(1);
  // A name may have a semicolon in it.
  if (!PHONE_NUMBER.test(number) && !parameters.every((one) => PARAMETER.test(one))) return { number: text };
  const phoneContext = parameters.map((one) => PHONE_CONTEXT.exec(one)?.[1]).find((one) => one !== undefined);
  return { number, ...(phoneContext !== undefined && { phoneContext: decoded(phoneContext) }) };
}

/** Nothing in a telephone number has to be escaped, but some servers do. */
function asDialled(number: string): string {
  if (!number.includes('%')) return number;
  const plain = decoded(number);
  return PHONE_NUMBER.test(plain) ? plain : number;
}

/** A number that is valid within a country or an area, with what is to be dialled before it; undefined for other contexts. */
export function joinedNumber({ number, phoneContext }: UserPart): string | undefined {
  if (phoneContext === undefined || number.startsWith('+')) return undefined;
  if (!/^\+[0-9().-]+$/.test(phoneContext) || !/^[0-9 ().\-/]+$/.test(number)) return undefined;
  return `+${phoneContext.replace(NOT_DIALLED, '')}${number.replace(NOT_DIALLED, '')}`;
}

/** Percent-decodes UTF-8; what is no valid escape stays as it is. */
export function decoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) =>
    Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('utf8'),
  );
}

/** What a user part holds without being escaped (RFC 3261, section 25.1). */
const PLAIN = /[A-Za-z0-9\-_.!~*'()&=+$,;?/]/;
/** PJSIP prints these as they are (docs/microsip/interface.md#3). */
const PRINTED = /[A-Za-z0-9\-_.!~*'()&=+$,;?/%]/;

/** A user part as it stands in an address. */
export function escapedUser(user: string): string {
  return escaped(user, PLAIN);
}

/** A user part as PJSIP prints it and MicroSIP shows it. */
export function printedUser(user: string): string {
  return escaped(user, PRINTED);
}

function escaped(text: string, plain: RegExp): string {
  return Array.from(Buffer.from(text), (byte) => {
    const character = String.fromCharCode(byte);
    return byte < 0x80 && plain.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}
