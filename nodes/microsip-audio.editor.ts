import { label, labelStyle, paletteLabel, prepareDialog } from '../src/editor/nodes/family';
import { phoneOf, typedOf } from '../src/editor/nodes/properties';
import { takePhone } from '../src/editor/phone/first-phone';
import { showRowsFor } from '../src/editor/fields/conditional-rows';
import { LEVEL_TYPES, typedField, typedLevel } from '../src/editor/fields/typed-field';

RED.nodes.registerType('microsip-audio', {
  category: 'MicroSIP',
  color: '#80A0BE',
  icon: 'microsip-audio.svg',
  inputs: 1,
  outputs: 1,
  paletteLabel,
  defaults: {
    name: { value: '' },
    phone: phoneOf('microsip-audio'),
    device: { value: 'microphone' },
    action: { value: 'toggle' },
    level: typedOf('microsip-audio', 'level', 'payload', typedLevel('level')),
    levelType: { value: 'msg' },
  },
  label,
  labelStyle,
  onadd: takePhone,
  oneditprepare() {
    prepareDialog(this, () => {
      typedField('level', LEVEL_TYPES);
      showRowsFor($('#node-input-action'));
    });
  },
  oneditsave() {
    // What the dialog does not show must not make the node invalid.
    if ($('#node-input-action').val() === 'set') return;
    const level = $('#node-input-level');
    level.typedInput('type', 'msg');
    level.typedInput('value', 'payload');
  },
});
