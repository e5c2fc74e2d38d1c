import type { Call } from '../calls/call';
import { calledNumber } from '../guard/targets/dial-target';

/**
 * Whether MicroSIP takes a target for the other end of this call. It compares addresses as they are written; a target
 * without a host is at the account's own domain, which nobody here knows, so then the user part decides.
 */
export function isPeerOf(target: string, { number, uri }: Pick<Call, 'number' | 'uri'>): boolean {
  const called = address(calledNumber(target));
  const peer = address(uri ?? number ?? '');
  const user = number === undefined ? peer.user : address(number).user;
  if (user === '' || called.user !== user) return false;
  return called.host === undefined || called.host === peer.host;
}

function address(text: string): { user: string; host?: string } {
  const plain = text.replace(/^sips?:/i, '').toLowerCase();
  const at = plain.lastIndexOf('@');
  if (at < 0) return { user: plain };
  return {
    user: plain.slice(0, at),
    host: plain
      .slice(at + 1)
      .replace(/;.*$/s, '')
      .replace(/:5060$/, ''),
  };
}
