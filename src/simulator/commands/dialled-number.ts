/** Where a call goes. */
export interface Address {
  user: string;
  host: string;
}

export interface DialledNumber extends Address {
  /** What follows the first comma: digits to send after the answer. */
  dtmfTail: string;
}

/** What an account of MicroSIP does to numbers. */
export interface AccountDialling {
  domain: string;
  /** `dialingPrefix` */
  prefix?: string;
  /** `dialPlan`: alternatives with bars between them; empty for none */
  plan?: string;
}

/** Longer addresses (bytes of UTF-8) are invalid for MicroSIP (docs/microsip/interface.md#2.6). */
const LONGEST_URI = 900;
/** Shorter numbers are neither cleaned nor prefixed (docs/microsip/corrections.md#4). */
const SHORTEST_NUMBER = 4;

/**
 * What 3.22.16 makes of a number to dial or to transfer to (docs/microsip/3.22.16.md#6, docs/microsip/interface.md#2.6,
 * docs/microsip/corrections.md#1 to #5).
 * @returns undefined for what MicroSIP answers with its box `Invalid Number`
 */
export function dialledNumber(text: string, account: AccountDialling): DialledNumber | undefined {
  const comma = text.indexOf(',');
  const number = formatted(comma < 0 ? text : text.slice(0, comma), account);
  const address = number === '' ? undefined : addressOf(number, account.domain);
  return address && { ...address, dtmfTail: comma < 0 ? '' : text.slice(comma + 1) };
}

/** Where an instant message or a formatted number goes; undefined for what is no address. */
export function addressOf(number: string, domain: string): Address | undefined {
  const uri = number.includes('sip:') ? number : `sip:${number.replace(/^sips:/i, '')}`;
  const complete = uri.includes('@') ? uri : `${uri}@${domain}`;
  if (Buffer.byteLength(complete) > LONGEST_URI) return undefined;
  const bare = /^<([^<>]*)>$/.exec(complete)?.[1] ?? complete;
  const [, user, host] = /^sip:(?:sips:)?([^\s"<>@]+)@([^\s"<>@;?]+)(?:[;?][^\s"<>@]*)?$/i.exec(bare) ?? [];
  return user === undefined || host === undefined ? undefined : { user, host };
}

/** In angle brackets a text is left as it is. */
function formatted(number: string, { prefix = '', plan = '' }: AccountDialling): string {
  if (number.includes('<') && number.includes('>')) return number;
  const called = isPhoneNumber(number) ? prefixed(number.replace(/[.\-()/ ]/g, ''), prefix) : number;
  return plan === '' || plan.split('|').some((alternative) => fits(called, alternative)) ? called : '';
}

/** Since 3.22.16 it has at least four characters; anything that begins with + is one, whatever follows. */
function isPhoneNumber(number: string): boolean {
  return number.length >= SHORTEST_NUMBER && /^\+|^[0-9*#.\-()/ ]+$/.test(number);
}

function prefixed(number: string, prefix: string): string {
  if (prefix === '' || number.length < SHORTEST_NUMBER) return number;
  return prefix + number.replace(/^\+/, '');
}

/** How MicroSIP writes an alternative is not known; here `x` is a digit and a point at the end as many more as there are. */
function fits(number: string, alternative: string): boolean {
  const open = alternative.endsWith('.');
  const pattern = open ? alternative.slice(0, -1) : alternative;
  if (open ? number.length < pattern.length : number.length !== pattern.length) return false;
  return Array.from(pattern).every((one, at) => (one === 'x' ? /\d/.test(number[at] ?? '') : one === number[at]));
}
