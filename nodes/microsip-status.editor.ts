import { readEvents, showEvents } from '../src/editor/event-list';

RED.nodes.registerType('microsip-status', {
  category: 'MicroSIP',
  color: '#A6BBCF',
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
  oneditprepare() {
    showEvents(this);
  },
  oneditsave() {
    this['events'] = readEvents();
  },
});
