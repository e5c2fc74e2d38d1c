import { Catalog, nearestLanguage, type TextParams } from '../../catalog';

let catalog: Catalog | undefined;

/** The sentence for a key of the doctor's catalog, in the language of this computer's user. */
export function doctorText(key: string, params?: TextParams): string {
  catalog ??= new Catalog('doctor.json', nearestLanguage(Intl.DateTimeFormat().resolvedOptions().locale));
  return catalog.text(key, params);
}
