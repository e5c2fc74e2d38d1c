/** Windows takes these for devices in any folder, with any extension and with blanks behind. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])$/i;

/** Whether Windows would open a device or a named pipe by this path, and not a file. */
export function isDeviceName(path: string): boolean {
  const plain = path.replaceAll('/', '\\');
  if (/^\\\\[.?]\\/.test(plain) || /^\\\?\?\\/.test(plain)) return !/^\\\\\?\\(?:[a-z]:|unc)\\/i.test(plain);
  // The pipes of another computer: \\host\pipe\name
  if (/^\\\\[^\\]+\\pipe\\/i.test(plain)) return true;
  return plain.split('\\').some((part) => DEVICE.test((part.split(/[.:]/, 1)[0] ?? '').trimEnd()));
}

/**
 * Whether a path names a plain file or folder of this computer in full, from its drive or root on. What Windows would
 * look for on another computer does not, in whatever spelling: to open that tells the other computer who we are.
 */
export function isPlainLocalPath(path: string, platform: NodeJS.Platform = process.platform): boolean {
  if (/[\u0000-\u001f]/.test(path) || path.startsWith('//')) return false;
  if (platform !== 'win32') return path.startsWith('/') && !path.startsWith('/\\');
  const plain = path.replaceAll('/', '\\');
  return /^[a-z]:\\[^:"<>|?*]*$/i.test(plain) && !isDeviceName(plain);
}
