import { commandNumbers } from '../src/editor/fields/command-numbers';
import { shareExamplePhone } from '../src/editor/phone/example-phone';
import { showDefaultsOfMissing } from '../src/editor/fields/missing-values';
import { numberBetween } from '../src/editor/fields/number-between';
import { regularExpressions } from '../src/editor/fields/pattern-check';
import { readPatterns, showPatterns } from '../src/editor/fields/pattern-list';
import { offerDoctor } from '../src/editor/phone/phone-doctor';
import { offerFind } from '../src/editor/phone/phone-find';
import { offerPhoneTest } from '../src/editor/phone/phone-test';
import { offerRegions } from '../src/editor/fields/region-field';
import { isRegion } from '../src/editor/fields/regions';
import { offerSimulator } from '../src/editor/phone/simulator-console';
import { showRowsFor } from '../src/editor/fields/conditional-rows';

shareExamplePhone();
RED.nodes.registerType('microsip-phone', {
  category: 'config',
  defaults: {
    name: { value: '' },
    connection: { value: 'window', required: true },
    protocol: { value: 'microsip' },
    commandIds: {
      value: '',
      validate(value, _options) {
        return commandNumbers(this, value);
      },
    },
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
    writeLog: { value: '' },
    writeHistory: { value: '' },
    hooks: { value: false },
    region: {
      value: '',
      validate(value, _options) {
        return isRegion(value) || this._('problem.region');
      },
    },
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
    dialsPerSecond: {
      value: 1,
      validate(value, _options) {
        return numberBetween(this, 'dialsPerSecond', value, 1, 100);
      },
    },
    dialsPerMinute: {
      value: 30,
      validate(value, _options) {
        return numberBetween(this, 'dialsPerMinute', value, 1, 1000);
      },
    },
    broker: { value: '' },
    phoneId: { value: '' },
  },
  label() {
    return this.name || this._('label');
  },
  oneditprepare() {
    showDefaultsOfMissing(this);
    for (const list of ['allow', 'deny']) showPatterns(this, list);
    showRowsFor($('#node-config-input-connection'));
    showRowsFor($('#node-config-input-protocol'), 'protocol');
    offerRegions();
    offerPhoneTest(this);
    offerDoctor(this);
    offerFind(this);
    offerSimulator(this);
  },
  oneditsave() {
    for (const list of ['allow', 'deny']) this[list] = readPatterns(list);
    // What the dialog no longer shows must not make the phone invalid.
    $('#node-config-input-commandIds.input-error:hidden').val('');
    $('#node-config-input-pollInterval.input-error:hidden').val(250);
    $('#node-config-input-timeout.input-error:hidden').val(2000);
    $('#node-config-input-dialsPerSecond.input-error:hidden').val(1);
    $('#node-config-input-dialsPerMinute.input-error:hidden').val(30);
  },
});
