import { showDefaultsOfMissing } from '../src/editor/missing-values';
import { typedField, typedValue } from '../src/editor/typed-field';

RED.nodes.registerType('microsip-dial', {
  category: 'MicroSIP',
  color: '#A6BBCF',
  icon: 'microsip-dial.svg',
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
      label: RED._('@callflow/node-red-microsip/microsip-dial:field.phone'),
    },
    number: {
      value: 'payload',
      label: RED._('@callflow/node-red-microsip/microsip-dial:field.number'),
      validate: typedValue('number'),
    },
    numberType: { value: 'msg' },
    account: {
      value: '',
      validate(value, _options) {
        if (value === undefined || value === '' || /^[1-9]\d{0,2}$/.test(value as string)) return true;
        return this._('problem.account');
      },
    },
    waitFor: { value: 'sent' },
    waitTimeout: { value: 60 },
  },
  label() {
    return this.name || this._('label');
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  oneditprepare() {
    showDefaultsOfMissing(this);
    typedField('number');
  },
});
