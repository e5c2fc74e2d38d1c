import type { AdminError } from '../../node-red/admin/admin-endpoint';
import { baseTopic } from '../checks/base-topic';
import { say, sentenceOf } from '../say';
import { PhoneQuestion } from './admin-request';

/** The answer of the admin endpoint `microsip-phone/phones`. */
interface PhonesAnswer extends Partial<AdminError> {
  phones: { id: string; name?: string; host?: string; online: boolean }[];
}

const field = (name: string): JQuery => $(`#node-config-input-${name}`);
const FIELDS = ['broker', 'phoneId', 'base'] as const;

/** The phone whose dialog is open: only of this one the fields say more than the node. */
let edited: EditorNode | undefined;

const PHONE_ID = /^(?!(?:all|group|agent)$)[A-Za-z0-9_-]{1,64}$/;

/** @returns true for the settings of another connection, which nobody reads; or a sentence that says what is missing */
export function settingElsewhere(node: EditorNode, name: (typeof FIELDS)[number], value: unknown): true | string {
  const connection: unknown = edited?.id === node.id ? field('connection').val() : node['connection'];
  if (connection !== 'mqtt') return true;
  if (name === 'base') return baseTopic(node, value);
  const text = typeof value === 'string' ? value : '';
  const isFit = name === 'broker' ? text !== '' && text !== '_ADD_' : PHONE_ID.test(text);
  return isFit || node._(`problem.${name}`);
}

/** Offers the phones that the broker knows, by their names, and says how many there are. */
export function offerPhonesElsewhere(node: EditorNode): void {
  edited = node;
  const result = $('#microsip-phones-result');
  const list = $('<datalist id="microsip-phones">').insertAfter(field('phoneId').attr('list', 'microsip-phones'));
  const question = new PhoneQuestion<PhonesAnswer>(node, 'phones', result, 'phones');
  const look = (): void => {
    question.forget();
    list.empty();
    const broker = String(field('broker').val() ?? '');
    if (field('connection').val() !== 'mqtt' || broker === '' || broker === '_ADD_') return;
    question.ask({ broker, base: field('base').val() }, (answer) => {
      show(node, result, list, answer);
    });
  };
  field('connection').on('change', (event) => {
    if (event.namespace !== 'validate' && field('connection').val() === 'mqtt') takeFirstBroker();
    // What they have to be depends on it.
    for (const name of FIELDS) field(name).trigger('change.validate');
  });
  $(['connection', 'broker', 'base'].map((name) => `#node-config-input-${name}`).join()).on('change', (event) => {
    if (event.namespace !== 'validate') look();
  });
  look();
}

/** The editor shows an empty select of brokers as long as none has been chosen. */
function takeFirstBroker(): void {
  const broker = field('broker');
  if (!broker.val()) broker.val(broker.find('option').first().val() ?? '').trigger('change');
}

export function closePhonesElsewhere(): void {
  edited = undefined;
}

function show(node: EditorNode, result: JQuery, list: JQuery, answer: PhonesAnswer): void {
  const problem = sentenceOf(node, answer);
  if (problem !== undefined) {
    say(result, 'fa-warning', problem);
    return;
  }
  for (const { id, name, host, online } of answer.phones) {
    const words = [name, host, online ? undefined : node._('phones.offline')].filter(Boolean).join(', ');
    // As an attribute, never as HTML: others chose these names.
    $('<option>')
      .attr({ value: id, label: words === '' ? id : `${id}: ${words}`, ...(name && { 'data-name': name }) })
      .appendTo(list);
  }
  const count = answer.phones.length;
  say(result, 'fa-info-circle', count === 0 ? node._('phones.none') : node._('phones.known', { count }));
}
