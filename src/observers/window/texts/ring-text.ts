import type { CallFacts } from '../../../phone/calls/call';
import { isNumber } from './number-text';

/**
 * What a ringing window tells of its call (docs/microsip/interface.md#7.3). Everything in it but the own address was
 * chosen by the caller, so it is taken apart by position: labels are translated, and a name may look like a label.
 * @param name text of control 1026
 * @param details text of control 1025: `user@domain` or `Display <user@domain>`; perhaps the caller's program; an empty
 * line; `To: user@domain`; perhaps `Diversion: x`
 */
export function ringFacts(name: string, details: string): CallFacts {
  const lines = details.split(/\r\n|\r|\n/);
  const address = callerAddress(lines[0] ?? '');
  const number = numberOf(address);
  const blank = lines.findIndex((line, index) => index > 0 && line.trim() === '');
  const account = blank < 0 ? undefined : numberOf(valueOf(lines[blank + 1]));
  const diversion = blank < 0 ? '' : valueOf(lines[blank + 2]);
  return {
    ...(number !== undefined && { number }),
    ...(isRealName(name.trim(), number, address) && { name: name.trim() }),
    ...(number !== undefined && isNumber(address) && { uri: `sip:${address}` }),
    ...(account !== undefined && { account }),
    ...(diversion !== '' && { diversion }),
  };
}

/** A display name may hold angle brackets itself; the address is in the last ones. */
function callerAddress(line: string): string {
  const trimmed = line.trim();
  return (/<([^<>]*)>$/.exec(trimmed)?.[1] ?? trimmed).trim();
}

/** The user part, or the host of an address without one. */
function numberOf(address: string): string | undefined {
  const at = address.lastIndexOf('@');
  const number = at > 0 ? address.slice(0, at) : address.slice(at + 1);
  return isNumber(number) ? number : undefined;
}

/** What stands behind the label of a line. */
function valueOf(line: string | undefined): string {
  return /^[^:\uff1a]*[:\uff1a](.*)$/.exec(line ?? '')?.[1]?.trim() ?? '';
}

/** For want of a name MicroSIP shows the number or the address there. */
function isRealName(name: string, number: string | undefined, address: string): boolean {
  return name !== '' && name !== number && name !== address;
}
