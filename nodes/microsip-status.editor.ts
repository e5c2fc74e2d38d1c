import { EVENT_NAMES } from '../src/editor/fields/event-names';
import { takePhone } from '../src/editor/phone/first-phone';
import { readWords, showWords } from '../src/editor/fields/word-list';

RED.nodes.registerType('microsip-status', {
  category: 'MicroSIP',
  color: '#80A0BE',
  icon: 'microsip-status.svg',
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
      label: RED._('@callflow/node-red-microsip/microsip-status:field.phone'),
    },
    events: { value: [] },
    initial: { value: false },
  },
  label() {
    return this.name || this._('label');
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  onadd: takePhone,
  oneditprepare() {
    showWords(this, { id: 'events', words: EVENT_NAMES, texts: 'event' }, this['events']);
  },
  oneditsave() {
    this['events'] = readWords('events');
  },
});
