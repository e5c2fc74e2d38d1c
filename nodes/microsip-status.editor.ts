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
    phone: { value: '', type: 'microsip-phone', required: true },
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
    const chosen = (this['events'] as string[] | undefined) ?? [];
    $('#node-input-eventlist input').each((_, box) => {
      $(box).prop('checked', chosen.includes((box as HTMLInputElement).value));
    });
  },
  oneditsave() {
    const boxes = $('#node-input-eventlist input:checked').toArray() as HTMLInputElement[];
    this['events'] = boxes.map((box) => box.value);
  },
});
