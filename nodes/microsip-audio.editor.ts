import { takePhone } from '../src/editor/phone/first-phone';
import { showDefaultsOfMissing } from '../src/editor/fields/missing-values';
import { showRowsFor } from '../src/editor/fields/conditional-rows';
import { LEVEL_TYPES, typedField, typedLevel } from '../src/editor/fields/typed-field';

RED.nodes.registerType('microsip-audio', {
  category: 'MicroSIP',
  color: '#80A0BE',
  icon: 'microsip-audio.svg',
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
      label: RED._('@callflow/node-red-microsip/microsip-audio:field.phone'),
    },
    device: { value: 'microphone' },
    action: { value: 'toggle' },
    level: {
      value: 'payload',
      label: RED._('@callflow/node-red-microsip/microsip-audio:field.level'),
      validate: typedLevel('level'),
    },
    levelType: { value: 'msg' },
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
    typedField('level', LEVEL_TYPES);
    showRowsFor($('#node-input-action'));
  },
  oneditsave() {
    // What the dialog does not show must not make the node invalid.
    if ($('#node-input-action').val() === 'set') return;
    const level = $('#node-input-level');
    level.typedInput('type', 'msg');
    level.typedInput('value', 'payload');
  },
});
