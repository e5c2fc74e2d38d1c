import { commandNumbers } from '../src/editor/checks/command-numbers';
import { shareExamplePhone } from '../src/editor/phone/example-phone';
import { numberInRange } from '../src/editor/checks/number-in-range';
import { regularExpressions } from '../src/editor/checks/pattern-check';
import { readPatterns, showPatterns } from '../src/editor/fields/pattern-list';
import { offerDoctor } from '../src/editor/phone/phone-doctor';
import { offerFind } from '../src/editor/phone/phone-find';
import { offerPhoneTest } from '../src/editor/phone/phone-test';
import { closePhonesElsewhere, offerPhonesElsewhere, settingElsewhere } from '../src/editor/phone/phone-elsewhere';
import { offerRegions } from '../src/editor/fields/region-field';
import { isRegion } from '../src/editor/checks/regions';
import { offerSimulator } from '../src/editor/phone/simulator-console';
import { showTraceFile } from '../src/editor/phone/trace-file';
import { mendUnoffered, showRowsFor } from '../src/editor/fields/conditional-rows';
import { openFolds } from '../src/editor/fields/folds';
import { prepareDialog } from '../src/editor/nodes/family';
import { labelOfPhone, nameNewPhone, offerName } from '../src/editor/phone/phone-names';
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
    return labelOfPhone(this);
  },
  oneditprepare() {
    prepareDialog(this, () => {
      const connection = $('#node-config-input-connection');
      for (const list of ['allow', 'deny']) showPatterns(this, list);
      showRowsFor(connection);
      showRowsFor($('#node-config-input-protocol'), 'protocol');
      openFolds($('.microsip-form'), connection);
      offerRegions();
    });
    offerPhonesElsewhere(this);
    offerName(this);
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
    nameNewPhone(this);
    closePhonesElsewhere();
    for (const list of ['allow', 'deny']) this[list] = readPatterns(list);
    mendUnoffered($('#node-config-input-commandIds'), '');
    for (const name of Object.keys(RANGES) as RangeName[])
      mendUnoffered($(`#node-config-input-${name}`), RANGES[name].preset);
  },
});
