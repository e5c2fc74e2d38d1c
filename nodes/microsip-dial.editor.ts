import { takePhone } from '../src/editor/phone/first-phone';
import { accountNumber } from '../src/editor/fields/account-number';
import { showDefaultsOfMissing } from '../src/editor/fields/missing-values';
import { numberBetween } from '../src/editor/fields/number-between';
import { showRowsFor } from '../src/editor/fields/conditional-rows';
import { typedField, requiredTyped } from '../src/editor/fields/typed-field';
import { MAX_WAIT } from '../src/node-red/messages/wait-words';

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
      validate: requiredTyped('number'),
    },
    numberType: { value: 'msg' },
    account: {
      value: '',
      validate(value, _options) {
        return value === undefined || value === '' || accountNumber(this, value);
      },
    },
    format: { value: 'typed' },
    waitFor: { value: 'sent' },
    waitTimeout: {
      value: 60,
      validate(value, _options) {
        return numberBetween(this, 'waitTimeout', value, 0, MAX_WAIT);
      },
    },
    outputs: { value: 1 },
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
    typedField('number');
    const waitFor = $('#node-input-waitFor');
    showRowsFor(waitFor);
    const countOutputs = (): void => {
      $('#node-input-outputs').val(waitFor.val() === 'sent' ? 1 : 2);
    };
    waitFor.on('change', countOutputs);
    countOutputs();
  },
  oneditsave() {
    // What the dialog does not show must not make the node invalid.
    $('#node-input-waitTimeout.input-error:hidden').val(60);
  },
});
