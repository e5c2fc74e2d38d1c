/** Where a value may come from. */
const TYPES = ['msg', 'str', 'flow', 'global', 'env', 'jsonata'];

/** Makes a field of the dialog a typed input whose type is kept in `<property>Type`. */
export function typedField(property: string): void {
  $(`#node-input-${property}`).typedInput({
    default: 'msg',
    types: TYPES,
    typeField: `#node-input-${property}Type`,
  });
}
