import { takePhone } from '../src/editor/phone/first-phone';
import { showDefaultsOfMissing } from '../src/editor/fields/missing-values';
import { typedField, requiredTyped } from '../src/editor/fields/typed-field';

RED.nodes.registerType('microsip-dtmf', {
  category: 'MicroSIP',
  color: '#80A0BE',
  icon: 'microsip-dtmf.svg',
  inputs: 1,
  outputs: 1,
  paletteLabel() {
    return this._('label');
  },
  defaults: {
    name: { value: '' },
    phone: {
      value: '',
      type: 'microsip-phone',
      required: true,
      label: RED._('@callflow/node-red-microsip/microsip-dtmf:field.phone'),
    },
    digits: {
      value: 'payload',
      label: RED._('@callflow/node-red-microsip/microsip-dtmf:field.digits'),
      validate: requiredTyped('digits'),
    },
    digitsType: { value: 'msg' },
  },
  label() {
    return this.name || this._('label');
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  onadd: takePhone,
  oneditprepare() {
    showDefaultsOfMissing(this);
    typedField('digits');
  },
});
