import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type TextParams = Record<string, string | number>;

interface Entries {
  [key: string]: string | Entries;
}

/** One file of `locales/en-US`, for what runs without Node-RED. */
export class Catalog {
  private entries: Entries | undefined;

  constructor(private readonly file: string) {}

  /** The sentence for a key, with `__name__` replaced as Node-RED does it; the key itself when there is none. */
  text(key: string, params: TextParams = {}): string {
    // Read on first use: a phone that works well never needs it.
    this.entries ??= JSON.parse(readFileSync(join(__dirname, '../locales/en-US', this.file), 'utf8')) as Entries;
    let entry: string | Entries | undefined = this.entries;
    for (const part of key.split('.')) entry = typeof entry === 'object' ? entry[part] : undefined;
    const text = typeof entry === 'string' ? entry : key;
    return text.replace(/__([a-z]\w*?)__/gi, (whole, name: string) => String(params[name] ?? whole));
  }
}
