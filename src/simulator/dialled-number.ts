export interface DialledNumber {
  user: string;
  host: string;
  /** What follows the first comma: digits to send after the answer. */
  dtmfTail: string;
}

/** Longer addresses (bytes of UTF-8) are invalid for MicroSIP (interface document, section 2.6). */
const LONGEST_URI = 900;

/**
 * What 3.22.16 makes of a number to dial (section 6 of its document, 2.6 of the interface document).
 * @returns undefined for what MicroSIP answers with its box `Invalid Number`
 */
export function dialledNumber(text: string, domain: string): DialledNumber | undefined {
  const comma = text.indexOf(',');
  let number = comma < 0 ? text : text.slice(0, comma);
  if (number === '') return undefined;
  if (isPhoneNumber(number)) number = number.replace(/[.\-()/ ]/g, '');
  number = number.replace(/^sips?:/i, '');
  const at = number.indexOf('@');
  const user = at < 0 ? number : number.slice(0, at);
  const host = at < 0 ? domain : number.slice(at + 1).replace(/[;?].*$/, '');
  if (!/^[^\s"<>@]+$/.test(user) || !/^[^\s"<>@]+$/.test(host)) return undefined;
  if (Buffer.byteLength(`sip:${user}@${host}`) > LONGEST_URI) return undefined;
  return { user, host, dtmfTail: comma < 0 ? '' : text.slice(comma + 1) };
}

/** Since 3.22.16 it has at least four characters; anything that begins with + is one. */
function isPhoneNumber(number: string): boolean {
  return number.length >= 4 && /^\+|^[0-9*#.\-()/ ]+$/.test(number);
}
