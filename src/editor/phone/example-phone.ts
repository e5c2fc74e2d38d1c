/** The simulated phone that the examples share, and the broker of those with a fleet. */
const EXAMPLES_PHONE = 'fda9d0988e6aa702';
const EXAMPLES_BROKER = 'f1ee70000000aa0c';

type ImportedNode = Record<string, unknown> & { id?: string };

/**
 * Lets the examples share their phone, and what else they have in common, without a question: the editor asks about each
 * id that is there already, also where there is nothing to decide. Everything else that it asks about, it goes on asking.
 */
export function shareExamplePhone(): void {
  const importNodes = RED.view.importNodes;
  RED.view.importNodes = (nodes, options) =>
    importNodes(Array.isArray(nodes) ? withoutShared(nodes as ImportedNode[]) : nodes, options);
}

function withoutShared(nodes: ImportedNode[]): ImportedNode[] {
  const isExample = nodes.some(
    ({ id, type, connection }) =>
      (id === EXAMPLES_PHONE && connection === 'simulator') || (id === EXAMPLES_BROKER && type === 'mqtt-broker'),
  );
  if (!isExample) return nodes;
  const shared = new Map<string, string>();
  RED.nodes.eachConfig(({ id, type }) => {
    shared.set(id, type);
    return true;
  });
  return nodes.filter(({ id = '', type }) => shared.get(id) !== type);
}
