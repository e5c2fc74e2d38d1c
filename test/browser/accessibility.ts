import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResults {
  violations: { id: string; impact?: string; nodes: { html: string; failureSummary?: string }[] }[];
}
interface Axe {
  run(context: { include: string; exclude: string }, options: object): Promise<AxeResults>;
}

/** Fields that Node-RED puts into every dialog and hides, so that browsers fill in those and not ours. */
const TRAPS = '[id^="red-ui-trap-"]';

/**
 * What axe-core calls serious or critical in a part of the page: one line each.
 * @param rules for what was looked at before, those that may find something else now
 */
export async function seriousProblems(page: Page, selector: string, rules?: string[]): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(
    ([context, options]) => (window as unknown as { axe: Axe }).axe.run(context, options),
    [
      { include: selector, exclude: TRAPS },
      { resultTypes: ['violations'], ...(rules && { runOnly: rules }) },
    ] as const,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary = '' }) => `${id}: ${html} ${failureSummary}`));
}

/**
 * Words that stand out too little from what is behind them (WCAG 2, 1.4.3): one line each.
 * @param apart selects what may, such as what is switched off
 */
export async function tooFaint(root: Locator, apart: string): Promise<string[]> {
  // What compiles the specs gives functions their names by a helper, which the browser does not have.
  await root.page().evaluate('globalThis.__name = (named) => named');
  return root.evaluate((panel, leftOut) => {
    const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const rgba = (colour: string): number[] => {
      if (!context) return [];
      context.clearRect(0, 0, 1, 1);
      context.fillStyle = colour;
      context.fillRect(0, 0, 1, 1);
      return Array.from(context.getImageData(0, 0, 1, 1).data);
    };
    const luminance = (rgb: number[]): number => {
      const [r = 0, g = 0, b = 0] = rgb.map((value) => {
        const part = value / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (element: Element | null): number[] => {
      for (let one = element; one; one = one.parentElement) {
        const colour = rgba(getComputedStyle(one).backgroundColor);
        if (colour[3] === 255) return colour;
      }
      return [255, 255, 255, 255];
    };
    const faint: string[] = [];
    const words = document.createTreeWalker(panel, NodeFilter.SHOW_TEXT);
    for (let node = words.nextNode(); node; node = words.nextNode()) {
      const element = node.parentElement;
      if (!element || !node.textContent?.trim() || element.closest(leftOut)) continue;
      if (element.getClientRects().length === 0) continue;
      const [one = 0, other = 0] = [rgba(getComputedStyle(element).color), behind(element)]
        .map((colour) => luminance(colour.slice(0, 3)))
        .sort((a, b) => b - a);
      const ratio = (one + 0.05) / (other + 0.05);
      if (ratio < 4.5) faint.push(`${ratio.toFixed(2)}: ${node.textContent} (${element.className})`);
    }
    return faint;
  }, apart);
}
