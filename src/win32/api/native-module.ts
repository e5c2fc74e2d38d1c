import { PhoneError } from '../../phone/errors/phone-error';

export type Koffi = typeof import('koffi');

/**
 * The module that calls Windows.
 * @throws PhoneError `unsupported` on another system, or when the module cannot be loaded
 */
export function nativeModule(): Koffi {
  if (process.platform !== 'win32') throw new PhoneError('unsupported', 'not_windows');
  try {
    // Not at the top: on other systems, and for phones without a window, nobody should need it.
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- `import` cannot wait until it is needed
    return require('koffi') as Koffi;
  } catch (error) {
    if (error instanceof PhoneError) throw error;
    const [why = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new PhoneError('unsupported', 'native_module', { why });
  }
}
