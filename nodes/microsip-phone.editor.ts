import { linesOf, listOf, regularExpressions } from '../src/editor/pattern-list';
import { numberBetween } from '../src/editor/number-between';
import { offerPhoneTest } from '../src/editor/phone-test';
import { showRowsFor } from '../src/editor/show-when';

RED.nodes.registerType('microsip-phone', {
  category: 'config',
  defaults: {
    name: { value: '' },
    connection: { value: 'window', required: true },
    protocol: { value: 'microsip' },
    commandIds: { value: '' },
    program: { value: '' },
    startProgram: { value: false },
    pollInterval: {
      value: 250,
      validate(value, _options) {
        return numberBetween(this, 'pollInterval', value, 50, 10000);
      },
    },
    timeout: {
      value: 2000,
      validate(value, _options) {
        return numberBetween(this, 'timeout', value, 100, 30000);
      },
    },
    logFile: { value: 'auto' },
    callLog: { value: 'auto' },
    hooks: { value: false },
    region: { value: '' },
    allow: {
      value: [],
      validate(value, _options) {
        return regularExpressions(this, value);
      },
    },
    deny: {
      value: [],
      validate(value, _options) {
        return regularExpressions(this, value);
      },
    },
    broker: { value: '' },
    phoneId: { value: '' },
  },
  label() {
    return this.name || this._('label');
  },
  oneditprepare() {
    for (const list of ['allow', 'deny']) $(`#node-config-input-${list}-lines`).val(linesOf(this[list]));
    showRowsFor($('#node-config-input-connection'));
    offerPhoneTest(this);
  },
  oneditsave() {
    for (const list of ['allow', 'deny']) this[list] = listOf($(`#node-config-input-${list}-lines`).val());
  },
});
