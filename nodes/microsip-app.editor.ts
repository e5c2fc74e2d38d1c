import { label, labelStyle, paletteLabel, prepareDialog } from '../src/editor/nodes/family';
import { phoneOf } from '../src/editor/nodes/properties';
import { takePhone } from '../src/editor/phone/first-phone';
import { offerAccounts } from '../src/editor/fields/account-field';
import { accountNumber } from '../src/editor/checks/account-number';
import { mendUnoffered, showRowsFor } from '../src/editor/fields/conditional-rows';

RED.nodes.registerType('microsip-app', {
  category: 'MicroSIP',
  color: '#80A0BE',
  icon: 'microsip-app.svg',
  inputs: 1,
  outputs: 1,
  paletteLabel,
  defaults: {
    name: { value: '' },
    phone: phoneOf('microsip-app'),
    action: { value: 'show' },
    account: {
      value: '1',
      validate(value, _options) {
        return value === undefined || accountNumber(this, value);
      },
    },
  },
  label,
  labelStyle,
  onadd: takePhone,
  oneditprepare() {
    prepareDialog(this, () => {
      showRowsFor($('#node-input-action'));
      offerAccounts();
    });
  },
  oneditsave() {
    mendUnoffered($('#node-input-account'), '1');
  },
});
