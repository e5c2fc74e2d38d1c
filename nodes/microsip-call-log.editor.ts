import { label, labelStyle, paletteLabel, prepareDialog } from '../src/editor/nodes/family';
import { phoneOf } from '../src/editor/nodes/properties';
import { takePhone } from '../src/editor/phone/first-phone';
import { readWords, showWords } from '../src/editor/fields/word-list';
import { DISPOSITIONS } from '../src/phone/calls/call';

RED.nodes.registerType('microsip-call-log', {
  category: 'MicroSIP',
  color: '#80A0BE',
  icon: 'microsip-call-log.svg',
  inputs: 0,
  outputs: 1,
  paletteLabel,
  defaults: {
    name: { value: '' },
    phone: phoneOf('microsip-call-log'),
    direction: { value: '' },
    disposition: { value: [] },
    replayMissed: { value: false },
  },
  label,
  labelStyle,
  onadd: takePhone,
  oneditprepare() {
    prepareDialog(this, () => {
      showWords(this, { id: 'disposition', words: DISPOSITIONS, texts: 'disposition' }, this['disposition']);
    });
  },
  oneditsave() {
    this['disposition'] = readWords('disposition');
  },
});
