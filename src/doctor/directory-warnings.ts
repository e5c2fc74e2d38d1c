import { LONGEST_VALUE } from '../microsip/ini/ini-value';

// Also for the dialog, so nothing of Node.js may come in here.

/** What MicroSIP asks for its directory (docs/contacts.md). */
export const DIRECTORY_KEY = 'usersDirectory';

/** What the user should know of an address. */
export const DIRECTORY_WARNINGS = ['password', 'certificate', 'star', 'long'] as const;
export type DirectoryWarning = (typeof DIRECTORY_WARNINGS)[number];

/** What nobody can have meant: an ini has one line for it, without quotation marks. */
const IMPOSSIBLE = /[\s\p{Cc}\p{Cf}\p{Cs}"'<>]/u;
/** MicroSIP takes what begins with a percent sign for a place for something else, but makes one of each star. */
const ESCAPE = /%(?=[0-9a-f]{2})/gi;
/** MicroSIP puts its password in place of `{password}` and of the second `%s`, in whatever case they are written. */
const PASSWORD = /\{(?:md5_)?password\}|%s.*%s/is;
/** What stands behind the colon is no port: then the password itself may have a slash in it. */
const WITH_PASSWORD = /^(["']?[a-z][a-z\d+.-]+:[/\\]+[^/\\?#:]*):(?:[^/\\?#]*@|(?!\d*(?:["'/\\?#]|$)).*@)/is;
const WITHOUT_SCHEME = /^(["']?[^/\\?#:@\s]{2,}):(?![/\\])[^/\\?#\s]*@/;

/** An address as MicroSIP is to have it in its ini. */
export function writtenAddress(text: string): string {
  return text.trim().replace(ESCAPE, '*');
}

/** Why MicroSIP cannot have this address, as the doctor's sentence for it is called. */
export function addressProblem(text: string): 'bad_url' | 'url_too_long' | undefined {
  const address = writtenAddress(text);
  if (IMPOSSIBLE.test(address) || !/^https?:\/\/[^/?#]/i.test(address) || !URL.canParse(withoutPlaces(address)))
    return 'bad_url';
  return address.length > LONGEST_VALUE ? 'url_too_long' : undefined;
}

export function directoryWarnings(address: string): DirectoryWarning[] {
  const warns: Record<DirectoryWarning, boolean> = {
    password: PASSWORD.test(address),
    certificate: /^https:/i.test(address),
    star: /\*(?![0-9a-f]{2})/i.test(address),
    // Somebody else may have written it.
    long: address.length > LONGEST_VALUE,
  };
  return DIRECTORY_WARNINGS.filter((warning) => warns[warning]);
}

/**
 * Without the password that may stand before its host: up to the last `@` there, since people escape none; also for one in
 * quotes, and for what is no address for that very password.
 */
export function shownAddress(address: string): string {
  return address.replace(WITH_PASSWORD, '$1:…@').replace(WITHOUT_SCHEME, '$1:…@');
}

/** What MicroSIP fills in may be part of a host. */
function withoutPlaces(address: string): string {
  return address.replace(/\{[a-z0-9_]+\}|%s|\*/gi, 'x');
}
