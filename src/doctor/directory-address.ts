import { LONGEST_VALUE } from '../microsip/ini/ini-value';
import { shownAddress } from './directory-warnings';
import { DoctorError } from './program/doctor-error';

/** What nobody can have meant: an ini has one line for it, without quotation marks. */
const IMPOSSIBLE = /[\s\p{Cc}\p{Cf}"'<>]/u;
/** MicroSIP takes what begins with a percent sign for a place for something else, but makes one of each star. */
const ESCAPE = /%(?=[0-9a-f]{2})/gi;

/**
 * An address as MicroSIP is to have it.
 * @throws DoctorError `bad_url`, `too_long`
 */
export function directoryAddress(text: string): string {
  const address = text.trim().replace(ESCAPE, '*');
  if (IMPOSSIBLE.test(address) || !/^https?:\/\/[^/?#]/i.test(address) || !URL.canParse(withoutPlaces(address)))
    throw new DoctorError('bad_url', { url: shownAddress(address).slice(0, LONGEST_VALUE) });
  if (address.length > LONGEST_VALUE)
    throw new DoctorError('too_long', { length: address.length, longest: LONGEST_VALUE }, 'url_too_long');
  return address;
}

/** What MicroSIP fills in may be part of a host. */
function withoutPlaces(address: string): string {
  return address.replace(/\{[a-z0-9_]+\}|%s|\*/gi, 'x');
}
