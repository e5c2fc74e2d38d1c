import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { NodeInitializer } from 'node-red';
import { readFlow, ROOT } from '../support/checkout';
import { Flow, type FlowNode } from './flow';

const fromNodeRed = createRequire(require.resolve(process.env['NODE_RED_PKG'] ?? 'node-red'));
const CORE: Record<string, string> = {
  inject: 'common/20-inject',
  comment: 'common/90-comment',
  'link in': 'common/60-link',
  'link out': 'common/60-link',
  function: 'function/10-function',
  change: 'function/15-change',
  delay: 'function/89-delay',
  rbe: 'function/rbe',
  trigger: 'function/89-trigger',
  exec: 'function/90-exec',
  switch: 'function/10-switch',
  catch: 'common/25-catch',
  csv: 'parsers/70-CSV',
  'http request': 'network/21-httprequest',
  file: 'storage/10-file',
  'file in': 'storage/10-file',
  'mqtt-broker': 'network/10-mqtt',
};

/** Loads an example as it is; its debug nodes become helpers, by their names. */
export async function loadExample(name: string, change: (nodes: FlowNode[]) => void = () => undefined): Promise<Flow> {
  const nodes = readFlow(join(ROOT, 'examples', `${name}.json`)) as unknown as FlowNode[];
  for (const node of nodes) {
    if (node.type === 'inject') Object.assign(node, { id: node['name'] });
    if (node.type === 'debug') Object.assign(node, { id: node['name'], type: 'helper' });
  }
  renameWires(nodes, readFlow(join(ROOT, 'examples', `${name}.json`)) as unknown as FlowNode[]);
  change(nodes);
  const needed = new Set(nodes.map(({ type }) => CORE[type]).filter((path) => path !== undefined));
  const core = [...needed].map((path) => fromNodeRed(`@node-red/nodes/core/${path}`) as NodeInitializer);
  return Flow.load(nodes, core);
}

function renameWires(nodes: FlowNode[], before: FlowNode[]): void {
  const names = new Map(before.map(({ id }, index) => [id, nodes[index]?.id ?? id]));
  for (const node of nodes) {
    const wires = node['wires'] as string[][] | undefined;
    if (wires) node['wires'] = wires.map((output) => output.map((id) => names.get(id) ?? id));
  }
}

/** Sets environment variables of the tab. */
export function setEnv(nodes: FlowNode[], values: Record<string, string>): void {
  for (const { type, env } of nodes as (FlowNode & { env?: { name: string; value: string; type: string }[] })[])
    if (type === 'tab')
      for (const one of env ?? [])
        if (Object.hasOwn(values, one.name)) Object.assign(one, { value: values[one.name], type: 'str' });
}
