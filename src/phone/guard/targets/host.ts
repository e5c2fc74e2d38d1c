import { isIPv4, isIPv6 } from 'node:net';
import { invalidNumber } from './invalid-number';

const HOST_NAME = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;
const ENDS_LIKE_ADDRESS = /(?:^|\.)(?:\d+|0x[0-9a-f]*)$/;
const PORT = /:(\d{1,5})$/;

/**
 * Checks `host` or `host:port` and writes it in the one way in which rules can know it again: lower case, IPv6 addresses
 * in their short form.
 * @throws PhoneError `invalid_number`
 */
export function checkedHost(hostAndPort: string): string {
  const text = hostAndPort.toLowerCase();
  const { 0: portText = '', 1: digits = '5060' } = /\]$/.test(text) ? [] : (PORT.exec(text) ?? []);
  const host = text.slice(0, text.length - portText.length);
  const port = Number(digits);
  if (port < 1 || port > 65535) throw invalidNumber('host');
  return plainHost(host) + (portText === '' ? '' : `:${port}`);
}

function plainHost(host: string): string {
  if (host.startsWith('[') && host.endsWith(']') && isIPv6(host.slice(1, -1)) && !host.includes('%'))
    return new URL(`http://${host}`).hostname;
  // What ends like an address and is none, a resolver may still take for one: `1.2.3`, `0x7f.1`.
  if (ENDS_LIKE_ADDRESS.test(host) ? isIPv4(host) : HOST_NAME.test(host)) return host;
  throw invalidNumber('host');
}
