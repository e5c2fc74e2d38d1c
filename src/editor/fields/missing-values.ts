/**
 * A flow that was not made in this editor may lack properties. The runtime then takes the default, so the dialog shows
 * it too, instead of an empty field that would be saved.
 */
export function showDefaultsOfMissing(node: EditorNode): void {
  const prefix = node._def.category === 'config' ? 'node-config-input' : 'node-input';
  for (const [name, { value }] of Object.entries(node._def.defaults)) {
    const isPlain = typeof value === 'string' || typeof value === 'number';
    if (isPlain && node[name] === undefined) $(`#${prefix}-${name}`).val(value);
  }
}
