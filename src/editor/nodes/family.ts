import { showDefaultsOfMissing } from '../fields/missing-values';
import { sayWhatIsWrong } from '../fields/said-wrong';

/*
 * What the nodes of the palette have in common. Each is a property of its own in their definitions: the flow library and
 * node-red-dev read what is given to `registerType` as it is written there, and stumble over a spread or a call.
 */

export function paletteLabel(this: EditorNode): string {
  return this._('label');
}

export function label(this: EditorNode): string {
  return this.name || this._('label');
}

export function labelStyle(this: EditorNode): string {
  return this.name ? 'node_label_italic' : '';
}

/** Of a dialog in which nothing depends on anything. */
export function oneditprepare(this: EditorNode): void {
  prepareDialog(this);
}

/** @param fields makes the fields what they are in this dialog: typed inputs, rows that come and go */
export function prepareDialog(node: EditorNode, fields?: () => void): void {
  showDefaultsOfMissing(node);
  fields?.();
  sayWhatIsWrong(node);
}
