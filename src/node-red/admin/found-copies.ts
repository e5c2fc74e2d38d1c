type Search = typeof import('../../win32/installation/installation-search');

/** Loaded when it is asked for: the start of Node-RED does not need the Windows calls. */
// eslint-disable-next-line @typescript-eslint/no-require-imports
const search = (): Search => require('../../win32/installation/installation-search') as Search;

/**
 * The MicroSIPs of this desktop.
 * @throws PhoneError `unsupported` where there is no Windows
 */
export function findCopies(): ReturnType<Search['findCopies']> {
  return search().findCopies();
}
