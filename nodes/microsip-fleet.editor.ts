import { label, labelStyle, paletteLabel, prepareDialog } from '../src/editor/nodes/family';
import { configNodeOf, numberOf } from '../src/editor/nodes/properties';
import { baseTopic } from '../src/editor/checks/base-topic';
import { EVENT_NAMES } from '../src/editor/fields/event-names';
import { readWords, showWords } from '../src/editor/fields/word-list';
import { takeBroker } from '../src/editor/phone/first-broker';
import { ANSWER_TIME } from '../src/node-red/messages/fleet-words';

RED.nodes.registerType('microsip-fleet', {
  category: 'MicroSIP',
  color: '#80A0BE',
  icon: 'microsip-fleet.svg',
  inputs: 1,
  outputs: 1,
  paletteLabel,
  defaults: {
    name: { value: '' },
    broker: configNodeOf('microsip-fleet', 'broker', { type: 'mqtt-broker', required: true }),
    base: {
      value: 'microsip',
      validate(value, _options) {
        return baseTopic(this, value);
      },
    },
    events: { value: [] },
    timeout: numberOf('timeout', ANSWER_TIME),
  },
  label,
  labelStyle,
  onadd: takeBroker,
  oneditprepare() {
    prepareDialog(this, () => {
      showWords(this, { id: 'events', words: [...EVENT_NAMES, 'call_log'], texts: 'event' }, this['events']);
    });
  },
  oneditsave() {
    this['events'] = readWords('events');
  },
});
