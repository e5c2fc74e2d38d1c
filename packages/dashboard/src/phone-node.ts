import type { Node, NodeAPI } from 'node-red';
import type { PhoneAccess } from '../../../src/node-red/access/phone-access';

export type { PhoneAccess };

/** What this package understands of the phone's node (docs/dashboard.md). */
const VERSION = 1;

/** @returns what the phone's node offers; `missing` without one, `outdated` when it offers something else */
export function phoneAccess(RED: NodeAPI, id: string | undefined): PhoneAccess | 'missing' | 'outdated' {
  const node = id ? (RED.nodes.getNode(id) as (Node & { access?: PhoneAccess }) | null | undefined) : undefined;
  if (!node) return 'missing';
  // Its type is only true of the version that this was built with.
  return (node.access?.version as number | undefined) === VERSION && node.access ? node.access : 'outdated';
}
