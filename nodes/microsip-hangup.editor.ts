import { takePhone } from '../src/editor/phone/first-phone';
import { showDefaultsOfMissing } from '../src/editor/fields/missing-values';
import { showRowsFor } from '../src/editor/fields/conditional-rows';

RED.nodes.registerType('microsip-hangup', {
  category: 'MicroSIP',
  color: '#80A0BE',
  icon: 'microsip-hangup.svg',
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
      label: RED._('@callflow/node-red-microsip/microsip-hangup:field.phone'),
    },
    scope: { value: 'all' },
    rejectCode: { value: '486' },
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
    showRowsFor($('#node-input-scope'));
  },
});
