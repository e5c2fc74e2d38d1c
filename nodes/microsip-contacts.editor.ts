import { showDefaultsOfMissing } from '../src/editor/fields/missing-values';
import { numberBetween } from '../src/editor/fields/number-between';
import { REFRESH } from '../src/node-red/contacts/refresh-words';

RED.nodes.registerType('microsip-contacts', {
  category: 'MicroSIP',
  color: '#80A0BE',
  icon: 'microsip-contacts.svg',
  inputs: 1,
  outputs: 1,
  paletteLabel() {
    return this._('label');
  },
  defaults: {
    name: { value: '' },
    refresh: {
      value: REFRESH.preset,
      validate(value, _options) {
        return numberBetween(this, 'refresh', value, REFRESH.least, REFRESH.most);
      },
    },
    phone: {
      value: '',
      type: 'microsip-phone',
      required: false,
      label: RED._('@callflow/node-red-microsip/microsip-contacts:field.names'),
    },
  },
  label() {
    return this.name || this._('label');
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  oneditprepare() {
    showDefaultsOfMissing(this);
  },
});
