import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

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
