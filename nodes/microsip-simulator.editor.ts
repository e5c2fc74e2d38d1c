import { takePhone } from '../src/editor/phone/first-phone';
RED.nodes.registerType('microsip-simulator', {
  category: 'MicroSIP',
  color: '#80A0BE',
  icon: 'microsip-simulator.svg',
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
      label: RED._('@callflow/node-red-microsip/microsip-simulator:field.phone'),
    },
  },
  label() {
    return this.name || this._('label');
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  onadd: takePhone,
});
