import { label, labelStyle, oneditprepare, paletteLabel } from '../src/editor/nodes/family';
import { phoneOf } from '../src/editor/nodes/properties';
import { takePhone } from '../src/editor/phone/first-phone';

RED.nodes.registerType('microsip-simulator', {
  category: 'MicroSIP',
  color: '#80A0BE',
  icon: 'microsip-simulator.svg',
  inputs: 1,
  outputs: 1,
  paletteLabel,
  defaults: {
    name: { value: '' },
    phone: phoneOf('microsip-simulator'),
  },
  label,
  labelStyle,
  onadd: takePhone,
  oneditprepare,
});
