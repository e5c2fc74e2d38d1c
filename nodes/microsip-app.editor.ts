import { takePhone } from '../src/editor/phone/first-phone';
import { accountNumber } from '../src/editor/fields/account-number';
import { showDefaultsOfMissing } from '../src/editor/fields/missing-values';
import { showRowsFor } from '../src/editor/fields/conditional-rows';

RED.nodes.registerType('microsip-app', {
  category: 'MicroSIP',
  color: '#80A0BE',
  icon: 'microsip-app.svg',
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
      label: RED._('@callflow/node-red-microsip/microsip-app:field.phone'),
    },
    action: { value: 'show' },
    account: {
      value: '1',
      validate(value, _options) {
        return value === undefined || accountNumber(this, value);
      },
    },
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
    showRowsFor($('#node-input-action'));
  },
  oneditsave() {
    // What the dialog does not show must not make the node invalid.
    $('#node-input-account.input-error:hidden').val('1');
  },
});
