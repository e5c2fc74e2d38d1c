import { RANGES, type RangeName } from '../../settings/settings-table';
import { numberBetween } from './number-between';

/** @returns true, or a sentence that says what the phone takes */
export function numberInRange(node: EditorNode, name: RangeName, value: unknown): true | string {
  const { least, most } = RANGES[name];
  return numberBetween(node, name, value, least, most);
}
