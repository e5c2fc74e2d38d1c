import { showDefaultsOfMissing } from '../fields/missing-values';

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

/** Of a dialog in which nothing depends on anything; every other one begins with it. */
export function oneditprepare(this: EditorNode): void {
  showDefaultsOfMissing(this);
}
