/** For a node that is dragged into a flow: takes the broker that is there, if there is one. */
export function takeBroker(this: EditorNode): void {
  if (this['broker']) return;
  RED.nodes.eachConfig((node) => {
    const isInReach = !node['z'] || node['z'] === this['z'];
    if (node.type !== 'mqtt-broker' || !isInReach || node['d']) return true;
    this['broker'] = node.id;
    return false;
  });
}
