// Also for the dialog, so nothing of Node.js may come in here.

/** What MicroSIP asks for its directory (docs/contacts.md). */
export const DIRECTORY_KEY = 'usersDirectory';

/** What the user should know of an address. */
export const DIRECTORY_WARNINGS = ['password', 'certificate', 'star'] as const;
export type DirectoryWarning = (typeof DIRECTORY_WARNINGS)[number];

/** MicroSIP puts its password in place of `{password}` and of the second `%s`, in whatever case they are written. */
const PASSWORD = /\{(?:md5_)?password\}|%s.*%s/is;
export function directoryWarnings(address: string): DirectoryWarning[] {
  const warns: Record<DirectoryWarning, boolean> = {
    password: PASSWORD.test(address),
    certificate: /^https:/i.test(address),
    star: /\*(?![0-9a-f]{2})/i.test(address),
  };
  return DIRECTORY_WARNINGS.filter((warning) => warns[warning]);
}

/** Without the password that may stand before its host. */
export function shownAddress(address: string): string {
  return address.replace(/^([a-z]+:\/\/[^/?#@:]*):[^/?#@]*@/i, '$1:…@');
}
