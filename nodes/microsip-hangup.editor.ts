import { label, labelStyle, paletteLabel, prepareDialog } from '../src/editor/nodes/family';
import { phoneOf } from '../src/editor/nodes/properties';
import { takePhone } from '../src/editor/phone/first-phone';
import { showRowsFor } from '../src/editor/fields/conditional-rows';

RED.nodes.registerType('microsip-hangup', {
  category: 'MicroSIP',
  color: '#80A0BE',
  icon: 'microsip-hangup.svg',
  inputs: 1,
  outputs: 1,
  paletteLabel,
  defaults: {
    name: { value: '' },
    phone: phoneOf('microsip-hangup'),
    scope: { value: 'all' },
    rejectCode: { value: '486' },
  },
  label,
  labelStyle,
  onadd: takePhone,
  oneditprepare() {
    prepareDialog(this, () => {
      showRowsFor($('#node-input-scope'));
    });
  },
});
