import { posix, win32, type PlatformPath } from 'node:path';
import { shownPath } from '../../phone/texts/shown-text';
import { recordingName } from './recording-name';

/** What stands behind the last separator of either kind. */
export function fileNameOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1);
}

/** The path of a recording in this folder; undefined for a name that MicroSIP gives none, or that cannot be shown as it is. */
export function recordingIn(folder: string, name: string): string | undefined {
  if (!recordingName(name)) return undefined;
  return shownPath(flavour(folder).join(folder, name));
}

/**
 * Takes a path that a log tells for what it should be: the folder is that of the settings, and of the path only the name
 * counts, if it is in that folder.
 * @param base where a relative path starts
 */
export function recordingByLog(folder: string, path: string, base: string): string | undefined {
  const name = fileNameOf(path);
  const told = resolvedFolder(path.slice(0, -name.length), base);
  return told !== undefined && isSame(told, folder) ? recordingIn(folder, name) : undefined;
}

/**
 * A folder in full, with neither `.` nor `..` in it.
 * @returns undefined for what is a device, or the whole of a drive without saying which folder
 */
export function resolvedFolder(written: string, base: string): string | undefined {
  if (/[\u0000-\u001f]/.test(written)) return undefined;
  const style = isWindowsPath(written) ? win32 : flavour(base);
  // `C:folder` and `\folder` depend on where MicroSIP stands.
  if (style === win32 && /^(?:[a-z]:(?![\\/])|[\\/](?![\\/]))/i.test(written)) return undefined;
  if (/^[\\/]{2}[.?][\\/]/.test(written)) return undefined;
  const whole = style.isAbsolute(written) ? style.normalize(written) : style.join(base, written);
  return whole.replace(/(?<=[^:\\/])[\\/]+$/, '');
}

/** Paths are compared as the file system of their kind does. */
function isSame(one: string, other: string): boolean {
  const fold = (path: string): string =>
    isWindowsPath(path) ? win32.normalize(path).replace(/\\+$/, '').toLowerCase() : path;
  return fold(one) === fold(other);
}

function flavour(path: string): PlatformPath {
  return isWindowsPath(path) || process.platform === 'win32' ? win32 : posix;
}

function isWindowsPath(path: string): boolean {
  return /^(?:[a-z]:|\\\\)/i.test(path);
}

/** Whether this computer's file system can have it. */
export function isOfThisSystem(path: string, platform: NodeJS.Platform = process.platform): boolean {
  return isWindowsPath(path) === (platform === 'win32');
}
