import { numberBetween } from '../checks/number-between';

/** Without a label, what Node-RED says of a property that is missing has its name in the flow in it. */
const labelOf = (type: string, name: string): string => RED._(`@callflow/node-red-microsip/${type}:field.${name}`);

/** @param type of the node that has it, such as `microsip-dial` */
export function phoneOf(type: string): EditorProperty {
  return configNodeOf(type, 'phone', { type: 'microsip-phone', required: true });
}

/** A config node of another type than a phone, or one that may be left out. */
export function configNodeOf(
  type: string,
  field: string,
  property: { type: string; required: boolean },
): EditorProperty {
  return { ...property, value: '', label: labelOf(type, field) };
}

/** What a typed input has, which begins as a property of the message. */
export function typedOf(type: string, name: string, value: string, validate: EditorValidator): EditorProperty {
  return { value, label: labelOf(type, name), validate };
}

/** @param limits preset, and what is possible */
export function numberOf(name: string, limits: { preset: number; least: number; most: number }): EditorProperty {
  return {
    value: limits.preset,
    validate(value, _options) {
      return numberBetween(this, name, value, limits.least, limits.most);
    },
  };
}
