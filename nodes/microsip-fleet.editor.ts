import { baseTopic } from '../src/editor/fields/base-topic';
import { EVENT_NAMES } from '../src/editor/fields/event-names';
import { showDefaultsOfMissing } from '../src/editor/fields/missing-values';
import { numberBetween } from '../src/editor/fields/number-between';
import { readWords, showWords } from '../src/editor/fields/word-list';
import { takeBroker } from '../src/editor/phone/first-broker';
import { ANSWER_TIME } from '../src/node-red/messages/fleet-words';

RED.nodes.registerType('microsip-fleet', {
  category: 'MicroSIP',
  color: '#80A0BE',
  icon: 'microsip-fleet.svg',
  inputs: 1,
  outputs: 1,
  paletteLabel() {
    return this._('label');
  },
  defaults: {
    name: { value: '' },
    broker: {
      value: '',
      type: 'mqtt-broker',
      required: true,
      label: RED._('@callflow/node-red-microsip/microsip-fleet:field.broker'),
    },
    base: {
      value: 'microsip',
      validate(value, _options) {
        return baseTopic(this, value);
      },
    },
    events: { value: [] },
    timeout: {
      value: ANSWER_TIME.preset,
      validate(value, _options) {
        return numberBetween(this, 'timeout', value, ANSWER_TIME.least, ANSWER_TIME.most);
      },
    },
  },
  label() {
    return this.name || this._('label');
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  onadd: takeBroker,
  oneditprepare() {
    showDefaultsOfMissing(this);
    showWords(this, { id: 'events', words: [...EVENT_NAMES, 'call_log'], texts: 'event' }, this['events']);
  },
  oneditsave() {
    this['events'] = readWords('events');
  },
});
