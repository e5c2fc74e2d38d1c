import { takePhone } from '../src/editor/phone/first-phone';
import { showDefaultsOfMissing } from '../src/editor/fields/missing-values';
import { numberBetween } from '../src/editor/fields/number-between';
import { readWords, showWords } from '../src/editor/fields/word-list';
import { MAX_WAIT, WAIT_EVENTS, WAIT_STATES } from '../src/node-red/messages/wait-words';

RED.nodes.registerType('microsip-wait', {
  category: 'MicroSIP',
  color: '#80A0BE',
  icon: 'microsip-wait.svg',
  inputs: 1,
  outputs: 2,
  outputLabels(index) {
    return this._(index === 0 ? 'output.reached' : 'output.not_reached');
  },
  paletteLabel() {
    return this._('label');
  },
  defaults: {
    name: { value: '' },
    phone: {
      value: '',
      type: 'microsip-phone',
      required: true,
      label: RED._('@callflow/node-red-microsip/microsip-wait:field.phone'),
    },
    until: {
      value: ['idle'],
      validate(value, _options) {
        return (Array.isArray(value) ? value.length > 0 : Boolean(value)) || this._('problem.nothing');
      },
    },
    timeout: {
      value: 60,
      validate(value, _options) {
        return numberBetween(this, 'timeout', value, 0, MAX_WAIT);
      },
    },
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
    showWords(this, { id: 'until-states', words: WAIT_STATES, texts: 'status' }, this['until']);
    showWords(this, { id: 'until-events', words: WAIT_EVENTS, texts: 'event' }, this['until']);
    warnOfNothing();
  },
  oneditsave() {
    this['until'] = ticked();
  },
});

const ticked = (): string[] => [...readWords('until-states'), ...readWords('until-events')];

/** Node-RED checks only fields that bear a property's name. */
function warnOfNothing(): void {
  const show = (): void => {
    $('#node-input-until-problem').toggle(ticked().length === 0);
  };
  $('#node-input-until-states-list, #node-input-until-events-list').on('change', show);
  show();
}
