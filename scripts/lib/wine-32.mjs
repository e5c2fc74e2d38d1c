import { existsSync } from 'node:fs';
import { findProgram, ROOT } from './paths.mjs';

/** Where .ci/run puts the Wine for 32-bit programs; any other place by this variable. */
const WINE_32 = process.env.WINE_32_ROOT || '/var/cache/microsip-wine-32';
/** Part of Debian's wine32: a machine may have it itself. */
const OWN_32_BIT_LOADER = '/usr/lib/wine/wine';

/** Why programs for 32-bit Windows cannot be compiled and run here, or undefined. */
export function whyNo32Bit() {
  if (findProgram('i686-w64-mingw32-gcc') === undefined) return 'no i686-w64-mingw32-gcc';
  if (process.platform === 'win32' || existsSync(OWN_32_BIT_LOADER)) return undefined;
  if (!existsSync(`${WINE_32}/ready`))
    return `no Wine for 32-bit programs in ${WINE_32} (scripts/wine-32/make-root.sh)`;
  return process.getuid?.() === 0 ? undefined : 'only root can use the Wine for 32-bit programs';
}

/**
 * The command line that runs a program where `wine` runs 32-bit programs too.
 * @param {string} program
 * @param {string[]} args
 * @returns {[program: string, args: string[]]}
 */
export function with32Bit(program, args) {
  if (process.platform === 'win32' || existsSync(OWN_32_BIT_LOADER)) return [program, args];
  return ['sh', [`${ROOT}/scripts/wine-32/enter.sh`, WINE_32, ROOT, program, ...args]];
}
