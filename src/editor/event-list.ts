import { CALL_EVENTS, PHONE_EVENTS } from '../phone/phone-event';

/** A snapshot is an answer, or comes by `initial`; the list chooses among what happens. */
const EVENTS = [...CALL_EVENTS, ...PHONE_EVENTS.filter((name) => name !== 'snapshot')];

const group = (): JQuery => $('#node-input-eventlist');

export function showEvents(node: EditorNode): void {
  const chosen = Array.isArray(node['events']) ? (node['events'] as string[]) : [];
  for (const name of EVENTS) {
    const box = $('<input type="checkbox">').css({ width: 'auto', margin: '0 5px 2px 0' });
    box.val(name).prop('checked', chosen.includes(name));
    const label = $('<label>').css({ width: 'auto', margin: 0 });
    label.append(box, $('<span>').text(node._(`event.${name}`))).appendTo(group());
  }
}

export function readEvents(): string[] {
  const boxes = group().find('input:checked').toArray() as HTMLInputElement[];
  return boxes.map((box) => box.value);
}
