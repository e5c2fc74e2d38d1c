import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorParams } from './phone-error';

interface Catalog {
  [key: string]: string | Catalog;
}

let catalog: Catalog | undefined;

/** The English sentence for a catalog key, with `__name__` replaced as Node-RED does it. */
export function errorText(key: string, params: ErrorParams): string {
  // Read on first use: a phone that works well never needs it.
  catalog ??= JSON.parse(readFileSync(join(__dirname, '../../locales/en-US/common.json'), 'utf8')) as Catalog;
  let entry: string | Catalog | undefined = catalog;
  for (const part of key.split('.')) entry = typeof entry === 'object' ? entry[part] : undefined;
  const text = typeof entry === 'string' ? entry : key;
  return text.replace(/__(\w+)__/g, (whole, name: string) => String(params[name] ?? whole));
}
