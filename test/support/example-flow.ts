import { join } from 'node:path';
import { readFlow, ROOT } from './checkout';
import { NodeRedProcess, type NodeRedOptions } from './node-red-process';

type FlowNodes = Record<string, unknown>[];

/** Examples side by side, with what they share once, as the editor imports them. */
export function exampleFlow(...names: string[]): FlowNodes {
  const all = names.flatMap((name) => readFlow(join(ROOT, 'examples', `${name}.json`)));
  return [...new Map(all.map((node) => [node['id'], node])).values()];
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
