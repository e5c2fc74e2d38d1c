import { label, labelStyle, paletteLabel, prepareDialog } from '../src/editor/nodes/family';
import { numberOf, phoneOf, typedOf } from '../src/editor/nodes/properties';
import { takePhone } from '../src/editor/phone/first-phone';
import { offerAccounts } from '../src/editor/fields/account-field';
import { accountNumber } from '../src/editor/checks/account-number';
import { mendUnoffered, showRowsFor } from '../src/editor/fields/conditional-rows';
import { numberField, requiredTyped } from '../src/editor/fields/typed-field';
import { WAIT_TIME } from '../src/node-red/messages/wait-words';

RED.nodes.registerType('microsip-dial', {
  category: 'MicroSIP',
  color: '#80A0BE',
  icon: 'microsip-dial.svg',
  inputs: 1,
  outputs: 1,
  outputLabels(index) {
    if (this['outputs'] === 1) return '';
    return this._(index === 0 ? 'output.reached' : 'output.not_reached');
  },
  paletteLabel,
  defaults: {
    name: { value: '' },
    phone: phoneOf('microsip-dial'),
    number: typedOf('microsip-dial', 'number', 'payload', requiredTyped('number')),
    numberType: { value: 'msg' },
    account: {
      value: '',
      validate(value, _options) {
        return value === undefined || value === '' || accountNumber(this, value);
      },
    },
    format: { value: 'typed' },
    waitFor: { value: 'sent' },
    waitTimeout: numberOf('waitTimeout', WAIT_TIME),
    outputs: { value: 1 },
  },
  label,
  labelStyle,
  onadd: takePhone,
  oneditprepare() {
    prepareDialog(this, () => {
      numberField(this);
      offerAccounts();
      const waitFor = $('#node-input-waitFor');
      showRowsFor(waitFor);
      const countOutputs = (): void => {
        $('#node-input-outputs').val(waitFor.val() === 'sent' ? 1 : 2);
      };
      waitFor.on('change', countOutputs);
      countOutputs();
    });
  },
  oneditsave() {
    mendUnoffered($('#node-input-waitTimeout'), WAIT_TIME.preset);
  },
});
