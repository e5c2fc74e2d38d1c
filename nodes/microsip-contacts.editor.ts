import { label, labelStyle, oneditprepare, paletteLabel } from '../src/editor/nodes/family';
import { configNodeOf, numberOf } from '../src/editor/nodes/properties';
import { REFRESH } from '../src/node-red/contacts/refresh-words';

RED.nodes.registerType('microsip-contacts', {
  category: 'MicroSIP',
  color: '#80A0BE',
  icon: 'microsip-contacts.svg',
  inputs: 1,
  outputs: 1,
  paletteLabel,
  defaults: {
    name: { value: '' },
    refresh: numberOf('refresh', REFRESH),
    phone: configNodeOf('microsip-contacts', 'names', { type: 'microsip-phone', required: false }),
  },
  label,
  labelStyle,
  oneditprepare,
});
