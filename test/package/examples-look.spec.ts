import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readFlow, ROOT } from '../support/checkout';

interface Placed extends Record<string, unknown> {
  id: string;
  type: string;
  name: string;
  x: number;
  y: number;
  w: number;
  h: number;
  g?: string;
  info?: string;
  nodes?: string[];
  wires?: string[][];
  outputLabels?: string[];
}

const WIDEST = 1200;
const FOLDER = join(ROOT, 'examples');
const EXAMPLES = readdirSync(FOLDER).map((file) => ({
  name: basename(file, '.json'),
  nodes: readFlow(join(FOLDER, file)) as unknown as Placed[],
}));
const ofType = (nodes: readonly Placed[], type: string): Placed[] => nodes.filter((node) => node.type === type);
const onCanvas = (nodes: readonly Placed[]): Placed[] =>
  nodes.filter((node) => 'z' in node && 'x' in node && !['comment', 'group'].includes(node.type));

/** What is wrong in any of them, one line each. */
function complaints(about: (nodes: readonly Placed[]) => string[]): string[] {
  return EXAMPLES.flatMap(({ name, nodes }) => about(nodes).map((what) => `${name}: ${what}`));
}

describe('the looks of the examples', () => {
  it('say in the info of the flow what they do, as their comment does', () => {
    const differing = complaints((nodes) => {
      const [tab, comment] = [ofType(nodes, 'tab')[0], ofType(nodes, 'comment')[0]];
      return tab?.info && tab.info === comment?.info ? [] : [String(tab?.info)];
    });
    assert.deepEqual(differing, []);
  });

  it('have every node in a group with a name', () => {
    const lost = complaints((nodes) => {
      const groups = new Map(ofType(nodes, 'group').map((group) => [group.id, group]));
      const unnamed = [...groups.values()].filter(({ name }) => !name).map(({ id }) => `group ${id} has no name`);
      const homeless = onCanvas(nodes)
        .filter(({ id, g = '' }) => groups.get(g)?.nodes?.includes(id) !== true)
        .map(({ name, type }) => `${name || type} is in no group`);
      return [...unnamed, ...homeless];
    });
    assert.deepEqual(lost, []);
  });

  it('have groups beside each other, and no wider than a screen', () => {
    const wrong = complaints((nodes) => {
      const groups = ofType(nodes, 'group');
      const wide = groups.filter(({ x, w }) => x < 0 || x + w > WIDEST).map(({ name }) => `${name} is too wide`);
      const overlapping = groups.flatMap((one, index) =>
        groups
          .slice(index + 1)
          .filter(
            (other) =>
              one.x < other.x + other.w &&
              other.x < one.x + one.w &&
              one.y < other.y + other.h &&
              other.y < one.y + one.h,
          )
          .map(({ name }) => `${one.name} and ${name} overlap`),
      );
      return [...wide, ...overlapping];
    });
    assert.deepEqual(wrong, []);
  });

  it('have wires that run from left to right', () => {
    const back = complaints((nodes) => {
      const byId = new Map(nodes.map((node) => [node.id, node]));
      return onCanvas(nodes).flatMap(({ name, type, x, wires = [] }) =>
        wires
          .flat()
          .filter((id) => (byId.get(id)?.x ?? 0) <= x)
          .map((id) => `${name || type} → ${byId.get(id)?.name || String(byId.get(id)?.type)}`),
      );
    });
    assert.deepEqual(back, []);
  });

  it('label the outputs where there is more than one', () => {
    const silent = complaints((nodes) =>
      onCanvas(nodes)
        // Ours have labels of their own, in the language of the editor.
        .filter(({ type, wires = [] }) => wires.length > 1 && !type.startsWith('microsip-'))
        .filter(({ wires = [], outputLabels = [] }) => outputLabels.filter(Boolean).length !== wires.length)
        .map(({ name, type }) => name || type),
    );
    assert.deepEqual(silent, []);
  });
});
