import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type TextParams = Record<string, string | number>;

interface Catalog {
  [key: string]: string | Catalog;
}

let catalog: Catalog | undefined;

/** The English sentence for a key of `locales/en-US/doctor.json`, with `__name__` replaced as Node-RED does it. */
export function doctorText(key: string, params: TextParams = {}): string {
  catalog ??= JSON.parse(readFileSync(join(__dirname, '../../locales/en-US/doctor.json'), 'utf8')) as Catalog;
  let entry: string | Catalog | undefined = catalog;
  for (const part of key.split('.')) entry = typeof entry === 'object' ? entry[part] : undefined;
  const text = typeof entry === 'string' ? entry : key;
  return text.replace(/__([a-z]\w*?)__/gi, (whole, name: string) => String(params[name] ?? whole));
}
