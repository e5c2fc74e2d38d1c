import { PhoneError } from '../../errors/phone-error';
import { shownValue } from '../../errors/shown-value';

/** A regular expression whose search takes a time that grows with the length of the text, and no faster. */
export interface Pattern {
  test(text: string): boolean;
  /** The same for capital and small letters alike. */
  testAnyCase(text: string): boolean;
}

/**
 * @param entry a regular expression as text
 * @throws PhoneError `config` for what this engine (RE2) does not know
 */
export function linearPattern(entry: string): Pattern {
  const engine = re2();
  try {
    const translated = engine.translateRegExp(entry);
    const expression = engine.compile(translated);
    let anyCase: typeof expression | undefined;
    return {
      test: (text) => expression.matcher(text).find(),
      testAnyCase: (text) => {
        anyCase ??= engine.compile(translated, engine.CASE_INSENSITIVE);
        return anyCase.matcher(text).find();
      },
    };
  } catch {
    throw new PhoneError('config', 'pattern_engine', { pattern: shownValue(entry) });
  }
}

let loaded: typeof import('re2js').RE2JS | undefined;

/** Loads the engine (260 kB) on first use: many phones have no lists. */
function re2(): typeof import('re2js').RE2JS {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- `import` cannot wait until it is needed
  loaded ??= (require('re2js') as typeof import('re2js')).RE2JS;
  return loaded;
}
