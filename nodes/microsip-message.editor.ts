import { label, labelStyle, paletteLabel, prepareDialog } from '../src/editor/nodes/family';
import { phoneOf, typedOf } from '../src/editor/nodes/properties';
import { takePhone } from '../src/editor/phone/first-phone';
import { numberField, requiredTyped, typedField } from '../src/editor/fields/typed-field';

RED.nodes.registerType('microsip-message', {
  category: 'MicroSIP',
  color: '#80A0BE',
  icon: 'microsip-message.svg',
  inputs: 1,
  outputs: 1,
  paletteLabel,
  defaults: {
    name: { value: '' },
    phone: phoneOf('microsip-message'),
    number: typedOf('microsip-message', 'number', 'number', requiredTyped('number')),
    numberType: { value: 'msg' },
    text: typedOf('microsip-message', 'text', 'payload', requiredTyped('text')),
    textType: { value: 'msg' },
  },
  label,
  labelStyle,
  onadd: takePhone,
  oneditprepare() {
    prepareDialog(this, () => {
      numberField(this);
      typedField('text');
    });
  },
});
