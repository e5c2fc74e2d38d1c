import { commandNumbers } from '../src/editor/fields/command-numbers';
import { shareExamplePhone } from '../src/editor/phone/example-phone';
import { showDefaultsOfMissing } from '../src/editor/fields/missing-values';
import { numberInRange } from '../src/editor/fields/number-in-range';
import { regularExpressions } from '../src/editor/fields/pattern-check';
import { readPatterns, showPatterns } from '../src/editor/fields/pattern-list';
import { offerDoctor } from '../src/editor/phone/phone-doctor';
import { offerFind } from '../src/editor/phone/phone-find';
import { offerPhoneTest } from '../src/editor/phone/phone-test';
import { closePhonesElsewhere, offerPhonesElsewhere, settingElsewhere } from '../src/editor/phone/phone-elsewhere';
import { offerRegions } from '../src/editor/fields/region-field';
import { isRegion } from '../src/editor/fields/regions';
import { offerSimulator } from '../src/editor/phone/simulator-console';
import { showTraceFile } from '../src/editor/phone/trace-file';
import { showRowsFor } from '../src/editor/fields/conditional-rows';
import { PRESETS, RANGES, type RangeName } from '../src/settings/settings-table';

shareExamplePhone();
RED.nodes.registerType('microsip-phone', {
  category: 'config',
  defaults: {
    name: { value: '' },
    connection: { value: PRESETS.connection, required: true },
    protocol: { value: PRESETS.protocol },
    commandIds: {
      value: PRESETS.commandIds,
      validate(value, _options) {
        return commandNumbers(this, value);
      },
    },
    program: { value: PRESETS.program },
    startProgram: { value: PRESETS.startProgram },
    pollInterval: {
      value: PRESETS.pollInterval,
      validate(value, _options) {
        return numberInRange(this, 'pollInterval', value);
      },
    },
    timeout: {
      value: PRESETS.timeout,
      validate(value, _options) {
        return numberInRange(this, 'timeout', value);
      },
    },
    logFile: { value: PRESETS.logFile },
    callLog: { value: PRESETS.callLog },
    writeLog: { value: PRESETS.writeLog },
    writeHistory: { value: PRESETS.writeHistory },
    hooks: { value: PRESETS.hooks },
    region: {
      value: PRESETS.region,
      validate(value, _options) {
        return isRegion(value) || this._('problem.region');
      },
    },
    allow: {
      value: PRESETS.allow,
      validate(value, _options) {
        return regularExpressions(this, value);
      },
    },
    deny: {
      value: PRESETS.deny,
      validate(value, _options) {
        return regularExpressions(this, value);
      },
    },
    dialsPerSecond: {
      value: PRESETS.dialsPerSecond,
      validate(value, _options) {
        return numberInRange(this, 'dialsPerSecond', value);
      },
    },
    dialsPerMinute: {
      value: PRESETS.dialsPerMinute,
      validate(value, _options) {
        return numberInRange(this, 'dialsPerMinute', value);
      },
    },
    trace: { value: PRESETS.trace },
    broker: {
      value: PRESETS.broker,
      type: 'mqtt-broker',
      validate(value, _options) {
        return settingElsewhere(this, 'broker', value);
      },
    },
    phoneId: {
      value: PRESETS.phoneId,
      validate(value, _options) {
        return settingElsewhere(this, 'phoneId', value);
      },
    },
    base: {
      value: PRESETS.base,
      validate(value, _options) {
        return settingElsewhere(this, 'base', value);
      },
    },
  },
  label() {
    const id: unknown = this['connection'] === 'mqtt' && this['phoneId'];
    return this.name || (typeof id === 'string' && id) || this._('label');
  },
  oneditprepare() {
    showDefaultsOfMissing(this);
    for (const list of ['allow', 'deny']) showPatterns(this, list);
    showRowsFor($('#node-config-input-connection'));
    showRowsFor($('#node-config-input-protocol'), 'protocol');
    offerRegions();
    offerPhonesElsewhere(this);
    offerPhoneTest(this);
    offerDoctor(this);
    offerFind(this);
    offerSimulator(this);
    showTraceFile(this);
  },
  oneditcancel() {
    closePhonesElsewhere();
  },
  oneditsave() {
    closePhonesElsewhere();
    for (const list of ['allow', 'deny']) this[list] = readPatterns(list);
    // What the dialog no longer shows must not make the phone invalid.
    $('#node-config-input-commandIds.input-error:hidden').val('');
    for (const name of Object.keys(RANGES) as RangeName[])
      $(`#node-config-input-${name}.input-error:hidden`).val(RANGES[name].preset);
  },
});
