import { takePhone } from '../src/editor/phone/first-phone';
import { showDefaultsOfMissing } from '../src/editor/fields/missing-values';
import { readWords, showWords } from '../src/editor/fields/word-list';
import { DISPOSITIONS } from '../src/phone/calls/call';

RED.nodes.registerType('microsip-call-log', {
  category: 'MicroSIP',
  color: '#80A0BE',
  icon: 'microsip-call-log.svg',
  inputs: 0,
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
      label: RED._('@callflow/node-red-microsip/microsip-call-log:field.phone'),
    },
    direction: { value: '' },
    disposition: { value: [] },
    replayMissed: { value: false },
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
    showWords(this, { id: 'disposition', words: DISPOSITIONS, texts: 'disposition' }, this['disposition']);
  },
  oneditsave() {
    this['disposition'] = readWords('disposition');
  },
});
