import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/checkout';
import { exampleFlow } from '../support/example-flow';
import { NODE_RED_4, withEditors } from './editor-stage';

const NAMES = readdirSync(join(ROOT, 'examples')).map((file) => file.replace(/\.json$/, ''));

const WIDEST = 1200;

interface ShownNode {
  name: string;
  type: string;
  x: number;
  y: number;
  w: number;
  h: number;
}
interface ShownGroup {
  name: string;
  x: number;
  y: number;
  w: number;
  h: number;
  nodes: ShownNode[];
}
interface Editor {
  nodes: {
    groups(of: string): ShownGroup[];
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

    it('have no node that sticks out of its group, and are no wider than a screen', async () => {
      assert.deepEqual(await editor().page.evaluate(outsiders, WIDEST), []);
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

/** Runs in the browser, after all flows were shown. */
function outsiders(widest: number): string[] {
  const { nodes } = (window as unknown as { RED: Editor }).RED;
  return nodes.getWorkspaceOrder().flatMap((tab) => {
    const label = nodes.workspace(tab).label;
    const groups = nodes.groups(tab);
    const sticking = groups.flatMap((group) =>
      group.nodes
        .filter(
          ({ x, y, w, h }) =>
            x - w / 2 < group.x ||
            x + w / 2 > group.x + group.w ||
            y - h / 2 < group.y ||
            y + h / 2 > group.y + group.h,
        )
        .map(({ name, type }) => `${label}: ${name || type} sticks out of ${group.name}`),
    );
    const wide = nodes
      .filterNodes({ z: tab })
      .filter(({ x, w }) => x - w / 2 < 0 || x + w / 2 > widest)
      .map(({ name, type }) => `${label}: ${name || type} is too far out`);
    return [...sticking, ...wide, ...(groups.length === 0 ? [`${label}: no groups`] : [])];
  });
}
