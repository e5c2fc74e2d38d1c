import { namesIn, readOwnFile } from './own-files';

export type TextParams = Record<string, string | number>;

interface Entries {
  [key: string]: string | Entries;
}

const LOCALES = 'locales';
const BASE_LANGUAGE = 'en-US';
const PLACEHOLDER = /__([a-z]\w*?)__/gi;

/** One file of texts in one language, for what runs without Node-RED. */
export class Catalog {
  private entries: Entries | undefined;

  constructor(
    private readonly file: string,
    private readonly language = BASE_LANGUAGE,
  ) {}

  /** The sentence for a key, with `__name__` replaced as Node-RED does it; the key itself when there is none. */
  text(key: string, params: TextParams = {}): string {
    return this.template(key).replace(PLACEHOLDER, (whole, name: string) => String(params[name] ?? whole));
  }

  /** The names of the values that a sentence has. */
  names(key: string): string[] {
    return [...this.template(key).matchAll(PLACEHOLDER)].map(([, name = '']) => name);
  }

  private template(key: string): string {
    // Read on first use: a phone that works well never needs it.
    this.entries ??= JSON.parse(readOwnFile(`${LOCALES}/${this.language}/${this.file}`).toString()) as Entries;
    let entry: string | Entries | undefined = this.entries;
    for (const part of key.split('.')) entry = typeof entry === 'object' ? entry[part] : undefined;
    return typeof entry === 'string' ? entry : key;
  }
}

/**
 * The language among ours that comes nearest to the wanted one.
 * @param wanted a BCP 47 tag such as `de-AT`
 */
export function nearestLanguage(wanted: string): string {
  const languages = namesIn(LOCALES);
  const [base] = wanted.split('-');
  return (
    languages.find((one) => one === wanted) ?? languages.find((one) => one.split('-')[0] === base) ?? BASE_LANGUAGE
  );
}
