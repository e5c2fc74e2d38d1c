import { label, labelStyle, paletteLabel, prepareDialog } from '../src/editor/nodes/family';
import { numberOf, phoneOf } from '../src/editor/nodes/properties';
import { takePhone } from '../src/editor/phone/first-phone';
import { readWords, showWords } from '../src/editor/fields/word-list';
import { WAIT_EVENTS, WAIT_STATES, WAIT_TIME } from '../src/node-red/messages/wait-words';

RED.nodes.registerType('microsip-wait', {
  category: 'MicroSIP',
  color: '#80A0BE',
  icon: 'microsip-wait.svg',
  inputs: 1,
  outputs: 2,
  outputLabels(index) {
    return this._(index === 0 ? 'output.reached' : 'output.not_reached');
  },
  paletteLabel,
  defaults: {
    name: { value: '' },
    phone: phoneOf('microsip-wait'),
    until: {
      value: ['idle'],
      validate(value, _options) {
        return (Array.isArray(value) ? value.length > 0 : Boolean(value)) || this._('problem.nothing');
      },
    },
    timeout: numberOf('timeout', WAIT_TIME),
  },
  label,
  labelStyle,
  onadd: takePhone,
  oneditprepare() {
    prepareDialog(this, () => {
      showWords(this, { id: 'until-states', words: WAIT_STATES, texts: 'status' }, this['until']);
      showWords(this, { id: 'until-events', words: WAIT_EVENTS, texts: 'event' }, this['until']);
      warnOfNothing();
    });
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
