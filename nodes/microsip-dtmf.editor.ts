import { typedField } from '../src/editor/typed-field';

RED.nodes.registerType('microsip-dtmf', {
  category: 'MicroSIP',
  color: '#A6BBCF',
  icon: 'microsip-dtmf.svg',
  inputs: 1,
  outputs: 1,
  paletteLabel() {
    return this._('label');
  },
  defaults: {
    name: { value: '' },
    phone: { value: '', type: 'microsip-phone', required: true },
    digits: { value: 'payload', validate: RED.validators.typedInput({ typeField: 'digitsType' }) },
    digitsType: { value: 'msg' },
  },
  label() {
    return this.name || this._('label');
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  oneditprepare() {
    typedField('digits');
  },
});
