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

/** Node-RED's own check lets an empty text pass, which is nothing to dial or send. */
export function typedValue(property: string): EditorValidator {
  const isWellFormed = RED.validators.typedInput({ typeField: `${property}Type` });
  return function (value, options) {
    if (value === undefined) return true;
    if (value === '') return this._('problem.empty');
    return isWellFormed.call(this, value, options);
  };
}
