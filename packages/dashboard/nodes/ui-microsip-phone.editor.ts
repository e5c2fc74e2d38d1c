import { takePhone } from '../../../src/editor/phone/first-phone';
import { PARTS } from '../src/protocol';

/** Of Dashboard's own dialogs; there are none without it. */
type Sized = JQuery & { elementSizer?: (options: Record<'width' | 'height' | 'group', string>) => void };

RED.nodes.registerType('ui-microsip-phone', {
  category: 'MicroSIP',
  color: '#80A0BE',
  icon: 'ui-microsip-phone.svg',
  inputs: 1,
  outputs: 1,
  paletteLabel() {
    return this._('label');
  },
  defaults: {
    name: { value: '' },
    group: {
      value: '',
      type: 'ui-group',
      required: true,
      label: RED._('@callflow/node-red-dashboard-2-microsip/ui-microsip-phone:field.group'),
    },
    order: { value: 0 },
    width: { value: 0 },
    height: { value: 0 },
    phone: {
      value: '',
      type: 'microsip-phone',
      required: true,
      label: RED._('@callflow/node-red-dashboard-2-microsip/ui-microsip-phone:field.phone'),
    },
    label: { value: '' },
    parts: { value: [...PARTS] },
    className: { value: '' },
  },
  label() {
    return this.name || this._('label');
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  onadd: takePhone,
  oneditprepare() {
    showParts(this);
    const size = $('#node-input-size') as Sized;
    const hasDashboard = typeof size.elementSizer === 'function';
    $('.ui-microsip-size').toggle(hasDashboard);
    $('.ui-microsip-no-dashboard').prop('hidden', RED.nodes.getType('ui-group') !== undefined);
    size.elementSizer?.({ width: '#node-input-width', height: '#node-input-height', group: '#node-input-group' });
  },
  oneditsave() {
    const ticked = $('#node-input-parts-list input:checked').toArray() as HTMLInputElement[];
    this['parts'] = ticked.map(({ value }) => value);
  },
});

/** A box to tick for each part of the widget. */
function showParts(node: EditorNode): void {
  const shown = [node['parts'] ?? PARTS].flat();
  for (const part of PARTS) {
    const box = $('<input type="checkbox">').css({ flex: 'none', width: 'auto', margin: 0 });
    box.val(part).prop('checked', shown.includes(part));
    const label = $('<label>').css({ display: 'flex', alignItems: 'center', gap: '6px', width: 'auto', margin: 0 });
    label.append(box, $('<span>').text(node._(`part.${part}`))).appendTo('#node-input-parts-list');
  }
}
