import { label, labelStyle, paletteLabel, prepareDialog } from '../src/editor/nodes/family';
import { phoneOf, typedOf } from '../src/editor/nodes/properties';
import { takePhone } from '../src/editor/phone/first-phone';
import { numberField, requiredTyped } from '../src/editor/fields/typed-field';

RED.nodes.registerType('microsip-transfer', {
  category: 'MicroSIP',
  color: '#80A0BE',
  icon: 'microsip-transfer.svg',
  inputs: 1,
  outputs: 1,
  paletteLabel,
  defaults: {
    name: { value: '' },
    phone: phoneOf('microsip-transfer'),
    number: typedOf('microsip-transfer', 'number', 'payload', requiredTyped('number')),
    numberType: { value: 'msg' },
  },
  label,
  labelStyle,
  onadd: takePhone,
  oneditprepare() {
    prepareDialog(this, () => {
      numberField(this);
    });
  },
});
