import { newPhoneName } from './phone-names';

const TYPE = 'microsip-phone';

/**
 * For a node that is dragged into a flow: takes the phone that is there, or brings one with it, so that it can be deployed
 * as it is. A phone that it brings is the MicroSIP of this PC, or where there can be none, a simulated one.
 */
export function takePhone(this: EditorNode): void {
  if (this['phone']) return;
  let found: EditorNode | undefined;
  RED.nodes.eachConfig((node) => {
    const isInReach = !node['z'] || node['z'] === this['z'];
    if (node.type === TYPE && isInReach && !node['d']) found ??= node;
    return true;
  });
  this['phone'] = (found ?? newPhone())?.id ?? '';
}

function newPhone(): EditorNode | undefined {
  const definition = RED.nodes.getType(TYPE);
  if (!definition) return undefined;
  const values = Object.entries(definition.defaults).map(([name, { value }]) => [name, structuredClone(value)]);
  const phone = {
    ...Object.fromEntries(values),
    ...{ id: RED.nodes.id(), type: TYPE, _def: definition, z: '', users: [], changed: true },
    ...(RED.settings.microsipPhoneOnWindows === false && { connection: 'simulator' }),
  } as unknown as EditorNode;
  phone.name = newPhoneName((key, parameters) => definition._?.(key, parameters) ?? '', phone);
  RED.nodes.add(phone);
  return phone;
}
