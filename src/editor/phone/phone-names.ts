const TYPE = 'microsip-phone';

/** The properties of a phone; of one elsewhere also `phoneName`, what its agent calls it. */
type Named = Record<string, unknown>;

type Text = (key: string, parameters?: Record<string, string>) => string;

/** What a phone is, for one that nobody has named: such as "Simulated phone" or "Desk 3 (agent)". */
export function kindOfPhone(text: Text, { connection, phoneId, phoneName }: Named): string {
  if (connection !== 'mqtt') return text(`called.${KINDS[String(connection)] ?? 'window'}`);
  const phone = [phoneName, phoneId].find((name) => typeof name === 'string' && name !== '') as string | undefined;
  return phone === undefined ? text('called.elsewhere') : text('called.mqtt', { phone });
}

const KINDS: Record<string, string> = { dde: 'dde', observe: 'observe', simulator: 'simulator' };

/** @returns the name of a new phone, which no other has */
export function newPhoneName(text: Text, phone: Named): string {
  const taken = new Set<string>();
  RED.nodes.eachConfig((node) => {
    if (node.type === TYPE && node.id !== phone.id) taken.add(node.name || kindOfPhone(text, node));
    return true;
  });
  return firstFree(kindOfPhone(text, phone), taken);
}

/** What a list shows for a phone without a name: what it is, and which one of its kind. */
export function labelOfPhone(phone: EditorNode): string {
  if (phone.name) return phone.name;
  const text: Text = (key, parameters) => phone._(key, parameters);
  const before: string[] = [];
  RED.nodes.eachConfig((node) => {
    if (node.id === phone.id) return false;
    if (node.type === TYPE && !node.name) before.push(kindOfPhone(text, node));
    return true;
  });
  const kind = kindOfPhone(text, phone);
  const place = before.filter((other) => other === kind).length + 1;
  return place === 1 ? kind : `${kind} ${String(place)}`;
}

/** Shows the name that the phone gets if its field stays empty. */
export function offerName(node: EditorNode): void {
  const field = (name: string): JQuery => $(`#node-config-input-${name}`);
  const show = (): void => {
    field('name').attr('placeholder', nameInDialog(node));
  };
  $(['connection', 'phoneId'].map((name) => `#node-config-input-${name}`).join()).on('change input', show);
  show();
}

/** A new phone whose name was left empty is named after what it is. */
export function nameNewPhone(node: EditorNode): void {
  const field = $('#node-config-input-name');
  if (RED.nodes.node(node.id) === null && String(field.val() ?? '').trim() === '') field.val(nameInDialog(node));
}

function nameInDialog(node: EditorNode): string {
  const value = (name: string): string => String($(`#node-config-input-${name}`).val() ?? '');
  const phoneId = value('phoneId');
  const offered = $('#microsip-phones option').toArray() as HTMLOptionElement[];
  const phoneName = offered.find((option) => option.value === phoneId)?.dataset['name'];
  const text: Text = (key, parameters) => node._(key, parameters);
  return newPhoneName(text, { id: node.id, connection: value('connection'), phoneId, phoneName });
}

function firstFree(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  let place = 2;
  while (taken.has(`${name} ${String(place)}`)) place++;
  return `${name} ${String(place)}`;
}
