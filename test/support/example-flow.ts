import { join } from 'node:path';
import { readFlow, ROOT } from './checkout';
import { NodeRedProcess, type NodeRedOptions } from './node-red-process';

type FlowNodes = Record<string, unknown>[];

/** Examples side by side on one phone, with what they share once, as the editor imports them. */
export function exampleFlow(...names: string[]): { nodes: FlowNodes; phone: unknown } {
  const all = names.flatMap((name) => readFlow(join(ROOT, 'examples', `${name}.json`)));
  const [phone, ...others] = all.filter(({ type }) => type === 'microsip-phone').map(({ id }) => id);
  const wanted = all
    .filter(({ id }) => !others.includes(id))
    .map((node) => (others.includes(node['phone']) ? { ...node, phone } : node));
  return { nodes: [...new Map(wanted.map((node) => [node['id'], node])).values()], phone };
}

/** Node-RED 4.1 with this checkout, for examples. */
export function startNodeRed(options: Pick<NodeRedOptions, 'userDir' | 'env' | 'dashboard'>): Promise<NodeRedProcess> {
  return NodeRedProcess.start({
    node: process.execPath,
    script: join(ROOT, 'node_modules/node-red/red.js'),
    settings: join(ROOT, 'scripts/lib/node-red-settings.cjs'),
    ...options,
  });
}
