/** Who is on the other end, as its SIP address tells. */
export interface Party {
  /** User part, percent-decoded; the host when there is no user. */
  number?: string;
  name?: string;
  /** `sip:user@host` */
  uri?: string;
}

interface NameAddress {
  name: string;
  uri: string;
}

/** Control characters, line separators and marks that turn the direction of writing: they only serve to deceive. */
const DECEIVING = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;

export function strip(text: string): string {
  return text.replace(DECEIVING, '').trim();
}

/** The other party of an address header (`From`, `To`, `P-Asserted-Identity` …). */
export function partyOf(header: string | undefined): Party {
  if (header === undefined) return {};
  const address = splitNameAddress(header);
  const { scheme, user, host } = splitUri(address.uri);
  const number = strip(scheme === 'tel' ? user.replace(/[-.()]/g, '') : user);
  const name = strip(address.name);
  const named = number || strip(host);
  const uri =
    scheme === 'tel' ? number && `tel:${number}` : host && `${scheme}:${number && `${number}@`}${strip(host)}`;
  return { ...(named && { number: named }), ...(name && { name }), ...(uri && { uri }) };
}

/** The user part of an address header; undefined without one. */
export function userOf(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  return strip(splitUri(splitNameAddress(header).uri).user) || undefined;
}

/** The other party of a bare URI, which keeps its parameters. */
export function partyOfUri(uri: string): Party {
  return { ...partyOf(`<${uri}>`), uri: strip(uri) };
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

/** The user part is split off first and decoded then: `%40` in it is no `@` that ends it. */
function splitUri(uri: string): { scheme: string; user: string; host: string } {
  const colon = uri.indexOf(':');
  const scheme = colon < 0 ? 'sip' : uri.slice(0, colon).toLowerCase();
  const rest = uri.slice(colon + 1);
  if (scheme === 'tel') return { scheme, user: decode(rest.split(';')[0] ?? ''), host: '' };
  const at = rest.lastIndexOf('@');
  const userInfo = at < 0 ? '' : rest.slice(0, at);
  return { scheme, user: withoutPassword(userInfo), host: rest.slice(at + 1).split(/[;?]/)[0] ?? '' };
}

function withoutPassword(userInfo: string): string {
  const colon = userInfo.indexOf(':');
  const user = decode(colon < 0 ? userInfo : userInfo.slice(0, colon));
  // With a line end in front of it the colon belongs to a forged header, which is shown for what it is.
  return colon >= 0 && /[\r\n]/.test(user) ? decode(userInfo) : user;
}

/** Percent-decodes UTF-8; what is no valid escape stays as it is. */
function decode(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) =>
    Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('utf8'),
  );
}
