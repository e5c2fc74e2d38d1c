import { Catalog } from '../../catalog';
import type { ErrorParams } from './phone-error';

const catalog = new Catalog('common.json');

/** The English sentence for a catalog key. */
export function errorText(key: string, params: ErrorParams): string {
  return catalog.text(key, params);
}
