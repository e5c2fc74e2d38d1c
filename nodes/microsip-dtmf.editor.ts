import { label, labelStyle, paletteLabel, prepareDialog } from '../src/editor/nodes/family';
import { phoneOf, typedOf } from '../src/editor/nodes/properties';
import { takePhone } from '../src/editor/phone/first-phone';
import { typedField, requiredTyped } from '../src/editor/fields/typed-field';

RED.nodes.registerType('microsip-dtmf', {
  category: 'MicroSIP',
  color: '#80A0BE',
  icon: 'microsip-dtmf.svg',
  inputs: 1,
  outputs: 1,
  paletteLabel,
  defaults: {
    name: { value: '' },
    phone: phoneOf('microsip-dtmf'),
    digits: typedOf('microsip-dtmf', 'digits', 'payload', requiredTyped('digits')),
    digitsType: { value: 'msg' },
  },
  label,
  labelStyle,
  onadd: takePhone,
  oneditprepare() {
    prepareDialog(this, () => {
      typedField('digits');
    });
  },
});
