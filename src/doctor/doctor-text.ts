import { Catalog, type TextParams } from '../catalog';

const catalog = new Catalog('doctor.json');

/** The English sentence for a key of the doctor's catalog. */
export function doctorText(key: string, params?: TextParams): string {
  return catalog.text(key, params);
}
