import { messageType } from './message-type';
import { numberType } from './number-type';

/** Where a value may come from, beside the message. */
const TYPES = ['str', 'flow', 'global', 'env', 'jsonata'];
export const LEVEL_TYPES = ['num', 'flow', 'global', 'env', 'jsonata'];

/** Makes a field of the dialog a typed input whose type is kept in `<property>Type`. */
export function typedField(property: string, types: readonly (string | TypedInputType)[] = TYPES): void {
  const field = $(`#node-input-${property}`);
  field.typedInput({
    default: 'msg',
    types: [messageType(), ...types],
    typeField: `#node-input-${property}Type`,
  });
  // The label belongs to the field that Node-RED has hidden, and has no text yet.
  const labelId = `node-input-${property}-label`;
  $(`label[for="node-input-${property}"]`).attr('id', labelId);
  field.siblings('.red-ui-typedInput-container').find('.red-ui-typedInput-input').attr('aria-labelledby', labelId);
}

/** As a typed input, which offers whom the phone knows. */
export function numberField(node: EditorNode): void {
  typedField('number', [numberType(node), ...TYPES.filter((type) => type !== 'str')]);
}

/** Node-RED's own check lets an empty text pass, which is nothing to dial or send. */
export function requiredTyped(property: string): EditorValidator {
  const isWellFormed = RED.validators.typedInput({ typeField: `${property}Type` });
  return function (value, options) {
    if (value === undefined) return true;
    if (value === '') return this._('problem.empty');
    return isWellFormed.call(this, value, options);
  };
}

/** A level from 0 to 100, as far as it is written in the dialog. */
export function typedLevel(property: string): EditorValidator {
  const isThere = requiredTyped(property);
  return function (value, options) {
    const type: unknown = $(`#node-input-${property}Type`).val() ?? this[`${property}Type`];
    if (value === undefined || value === '' || type !== 'num') return isThere.call(this, value, options);
    return (Number(value) >= 0 && Number(value) <= 100) || this._('problem.level');
  };
}
