import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, TYPES } from '../support/checkout';

/** The text of a node in Node-RED, in both of its themes. */
const LABEL = '#333333';
const ICON = '#ffffff';
/** How much black Node-RED lays behind an icon. */
const SHADE = 0.05;
/** WCAG 2: text 4.5, graphics 3. */
const TEXT_CONTRAST = 4.5;
const GRAPHIC_CONTRAST = 3;

const channels = (colour: string): number[] => (colour.match(/[0-9a-f]{2}/gi) ?? []).map((hex) => parseInt(hex, 16));
/** WCAG 2, relative luminance. */
function luminance(rgb: number[]): number {
  const [r = 0, g = 0, b = 0] = rgb.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(one: number[], other: number[]): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}
const editorScripts = TYPES.filter((type) => type !== 'microsip-phone').map((type) => ({
  type,
  script: readFileSync(join(ROOT, 'nodes', `${type}.editor.ts`), 'utf8'),
}));
const literal = (script: string, property: string): string =>
  new RegExp(`^  ${property}: '([^']+)'`, 'm').exec(script)?.[1] ?? '';

describe('the looks of the nodes', () => {
  it('are one family in one category', () => {
    assert.deepEqual(new Set(editorScripts.map(({ script }) => literal(script, 'category'))), new Set(['MicroSIP']));
    assert.equal(new Set(editorScripts.map(({ script }) => literal(script, 'color'))).size, 1);
  });

  it('have a text and an icon that stand out', () => {
    const colour = channels(literal(editorScripts[0]?.script ?? '', 'color'));
    assert.ok(contrast(colour, channels(LABEL)) >= TEXT_CONTRAST, 'text');
    const behindIcon = colour.map((value) => value * (1 - SHADE));
    assert.ok(contrast(behindIcon, channels(ICON)) >= GRAPHIC_CONTRAST, 'icon');
  });

  it('have an icon of their own each, white, 40 × 60', () => {
    const icons = editorScripts.map(({ script }) => literal(script, 'icon'));
    assert.equal(new Set(icons).size, icons.length);
    assert.deepEqual(readdirSync(join(ROOT, 'icons')).sort(), [...icons].sort());
    for (const icon of icons) {
      const svg = readFileSync(join(ROOT, 'icons', icon), 'utf8');
      assert.match(svg, /width="40" height="60" viewBox="0 0 40 60"/, icon);
      const colours = [...svg.matchAll(/(?:fill|stroke)="([^"]+)"/g)].map(([, colour]) => colour);
      assert.deepEqual(
        [...new Set(colours)].filter((colour) => !/^(?:#fff(?:fff)?|white|none)$/.test(colour ?? '')),
        [],
        icon,
      );
    }
  });

  it('name the ports where there is more than one', () => {
    for (const { type, script } of editorScripts) {
      const twoOutputs = /^ {2}outputs: [2-9]/m.test(script) || script.includes('node-input-outputs');
      assert.equal(script.includes('outputLabels'), twoOutputs, type);
    }
  });
});
