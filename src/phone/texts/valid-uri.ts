import { decoded, escapedUser } from '../numbers/user-part';
import { LONGEST_TEXT, shownText } from './shown-text';

const SIP = /^(sips?):(?:(.*)@)?([^@;?]*)(.*)$/is;
const HOST =
  /^(?:\[[0-9a-f:.]+\]|[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*\.?)(?::\d{1,5})?$/i;
/** Parameters and headers (RFC 3261, section 25.1). */
const BEHIND_HOST = /^(?:[;?](?:[\w\-.!~*'()[\]/:&+$=]|%[0-9a-f]{2})+)*$/i;
const TEL = /^tel:\+?[0-9A-F*#.()-]*[0-9*#][0-9A-F*#.()-]*(?:;(?:[\w\-.!~*'()[\]/:&+$=]|%[0-9a-f]{2})+)*$/i;
/** Nobody's address is longer than this, however much of it has to be escaped. */
const LONGEST_WRITTEN = 8 * LONGEST_TEXT;

/**
 * The address of somebody out there, fit to be used as a link: in one line, with escapes for what cannot stand in it, and
 * without a password.
 * @returns undefined for what is no whole address: half of one would reach somebody else
 */
export function validUri(text: string | undefined): string | undefined {
  if (text === undefined || text.length > LONGEST_WRITTEN) return undefined;
  const written = text.trim();
  if (/^tel:/i.test(written)) return short(TEL.test(written) ? written : undefined);
  const [, scheme, userInfo = '', host = '', behind = ''] = SIP.exec(written) ?? [];
  if (scheme === undefined || !HOST.test(host)) return undefined;
  const user = shownText(decoded(userInfo.replace(/:.*$/s, '')));
  const address = `${scheme.toLowerCase()}:${user === undefined ? '' : `${escapedUser(user)}@`}${host}`;
  return short(BEHIND_HOST.test(behind) ? address + behind : address) ?? short(address);
}

function short(uri: string | undefined): string | undefined {
  return uri !== undefined && uri.length <= LONGEST_TEXT ? uri : undefined;
}
