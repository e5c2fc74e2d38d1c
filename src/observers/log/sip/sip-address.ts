import { decoded, printedUser, userPart } from '../../../phone/numbers/user-part';
import { shownText } from '../../../phone/texts/shown-text';
import { validUri } from '../../../phone/texts/valid-uri';

/** Who is on the other end, as its SIP address tells. */
export interface SipParty {
  /** User part as MicroSIP shows it, without parameters; the host when there is no user. */
  number?: string;
  /** Where the number is valid, if it came with that. */
  phoneContext?: string;
  name?: string;
  /** `sip:user@host` */
  uri?: string;
}

interface NameAddress {
  name: string;
  uri: string;
}

/** The other party of an address header (`From`, `To`, `P-Asserted-Identity` …). */
export function partyOf(header: string | undefined): SipParty {
  if (header === undefined) return {};
  const address = splitNameAddress(header);
  const { scheme, user, host, address: plain } = splitUri(address.uri);
  const { number, phoneContext } = userPart(user);
  const shown = shownText(decoded(scheme === 'tel' ? number.replace(/[-.()]/g, '') : number));
  const named = shown === undefined ? shownText(host) : printedUser(shown);
  const name = shownText(address.name);
  const uri = validUri(plain);
  return {
    ...(named !== undefined && { number: named }),
    ...(phoneContext !== undefined && { phoneContext }),
    ...(name !== undefined && { name }),
    ...(uri !== undefined && { uri }),
  };
}

/** The user part of an address header; undefined without one. */
export function userOf(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const user = shownText(decoded(userPart(splitUri(splitNameAddress(header).uri).user).number));
  return user === undefined ? undefined : printedUser(user);
}

/** The other party of a bare URI, which keeps its parameters. */
export function partyOfUri(uri: string): SipParty {
  const whole = validUri(uri);
  return { ...partyOf(`<${uri}>`), ...(whole !== undefined && { uri: whole }) };
}

function splitNameAddress(value: string): NameAddress {
  const quoted = /^\s*"((?:[^"\\]|\\.)*)"/s.exec(value);
  const name = quoted?.[1]?.replace(/\\(.)/gs, '$1');
  const rest = quoted ? value.slice(quoted[0].length) : value;
  const open = rest.indexOf('<');
  if (open < 0) {
    // Without brackets everything behind a semicolon belongs to the header, not to the URI.
    return { name: name ?? '', uri: (rest.split(';')[0] ?? '').trim() };
  }
  const close = rest.indexOf('>', open);
  return {
    name: name ?? rest.slice(0, open).trim(),
    uri: rest.slice(open + 1, close < 0 ? undefined : close).trim(),
  };
}

interface SplitUri {
  scheme: string;
  /** Not decoded: `%40` in it is no `@` that ends it. */
  user: string;
  host: string;
  /** Without what follows the host. */
  address: string;
}

function splitUri(uri: string): SplitUri {
  const colon = uri.indexOf(':');
  const scheme = colon < 0 ? 'sip' : uri.slice(0, colon).toLowerCase();
  const rest = uri.slice(colon + 1);
  if (scheme === 'tel') return { scheme, user: rest, host: '', address: `tel:${rest}` };
  const at = rest.lastIndexOf('@');
  const userInfo = at < 0 ? '' : rest.slice(0, at);
  const host = rest.slice(at + 1).split(/[;?]/)[0] ?? '';
  return { scheme, user: withoutPassword(userInfo), host, address: `${scheme}:${userInfo}@${host}` };
}

function withoutPassword(userInfo: string): string {
  const colon = userInfo.indexOf(':');
  const user = colon < 0 ? userInfo : userInfo.slice(0, colon);
  // With a line end in front of it the colon belongs to a forged header, which is shown for what it is.
  return /[\r\n]/.test(decoded(user)) ? userInfo : user;
}
