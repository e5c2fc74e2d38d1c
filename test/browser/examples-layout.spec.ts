import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/checkout';
import { exampleFlow } from '../support/example-flow';
import { NODE_RED_4, withEditors } from './editor-stage';

const NAMES = readdirSync(join(ROOT, 'examples')).map((file) => file.replace(/\.json$/, ''));

interface ShownNode {
  name: string;
  type: string;
  x: number;
  y: number;
  w: number;
  h: number;
}
interface Editor {
  nodes: {
    getWorkspaceOrder(): string[];
    workspace(id: string): { label: string };
    filterNodes(of: object): ShownNode[];
  };
  workspaces: { show(id: string): void };
}

withEditors(
  'the examples in the editor',
  exampleFlow(...NAMES),
  ({ editor }) => {
    it('have no node that lies on another one', async () => {
      assert.deepEqual(await editor().page.evaluate(overlaps), []);
    });

    it('have none in the language with the longest labels either', async () => {
      await editor().speak('ru');
      assert.deepEqual(await editor().page.evaluate(overlaps), []);
    });
  },
  NODE_RED_4,
);

/** Runs in the browser: shows one flow after the other, since a node has no size before it was shown. */
async function overlaps(): Promise<string[]> {
  const { nodes, workspaces } = (window as unknown as { RED: Editor }).RED;
  const found: string[] = [];
  for (const tab of nodes.getWorkspaceOrder()) {
    workspaces.show(tab);
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50)));
    const shown = nodes.filterNodes({ z: tab });
    if (shown.some(({ w }) => !(w > 0))) found.push(`${nodes.workspace(tab).label}: not shown`);
    for (const [index, one] of shown.entries()) {
      for (const other of shown.slice(index + 1)) {
        const across = (one.w + other.w) / 2 - Math.abs(one.x - other.x);
        const down = (one.h + other.h) / 2 - Math.abs(one.y - other.y);
        if (across <= 0 || down <= 0) continue;
        const [first, second] = [one, other].map(({ name, type }) => name || type);
        found.push(`${nodes.workspace(tab).label}: ${first} and ${second}`);
      }
    }
  }
  return found;
}
