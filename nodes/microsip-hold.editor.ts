import { label, labelStyle, oneditprepare, paletteLabel } from '../src/editor/nodes/family';
import { phoneOf } from '../src/editor/nodes/properties';
import { takePhone } from '../src/editor/phone/first-phone';

RED.nodes.registerType('microsip-hold', {
  category: 'MicroSIP',
  color: '#80A0BE',
  icon: 'microsip-hold.svg',
  inputs: 1,
  outputs: 1,
  paletteLabel,
  defaults: {
    name: { value: '' },
    phone: phoneOf('microsip-hold'),
    action: { value: 'hold' },
  },
  label,
  labelStyle,
  onadd: takePhone,
  oneditprepare,
});
