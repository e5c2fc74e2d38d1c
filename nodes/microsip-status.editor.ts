import { label, labelStyle, paletteLabel, prepareDialog } from '../src/editor/nodes/family';
import { phoneOf } from '../src/editor/nodes/properties';
import { EVENT_NAMES } from '../src/editor/fields/event-names';
import { takePhone } from '../src/editor/phone/first-phone';
import { readWords, showWords } from '../src/editor/fields/word-list';

RED.nodes.registerType('microsip-status', {
  category: 'MicroSIP',
  color: '#80A0BE',
  icon: 'microsip-status.svg',
  inputs: 1,
  outputs: 1,
  paletteLabel,
  defaults: {
    name: { value: '' },
    phone: phoneOf('microsip-status'),
    events: { value: [] },
    initial: { value: false },
  },
  label,
  labelStyle,
  onadd: takePhone,
  oneditprepare() {
    prepareDialog(this, () => {
      showWords(this, { id: 'events', words: EVENT_NAMES, texts: 'event' }, this['events']);
    });
  },
  oneditsave() {
    this['events'] = readWords('events');
  },
});
