import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { CONNECTIONS } from '../../src/settings/settings-table';
import { ROOT } from '../support/checkout';
import { idOf, PALETTE } from './one-of-each';

export const LANGUAGES = readdirSync(join(ROOT, 'locales'));

/** A dialog, with all that may be in it in sight. */
export interface Shown {
  title: string;
  node: string;
  /** What is chosen in a select, so that the rows for it are there. */
  choose?: Record<string, string>;
}

const MORE_ROWS: Record<string, Record<string, string>> = {
  'microsip-app': { action: 'account' },
  'microsip-audio': { action: 'set' },
  'microsip-dial': { waitFor: 'answered' },
  'microsip-hangup': { scope: 'ringing' },
};

/** Each once, on the flow `ONE_OF_EACH`; of the phone, one for each connection. */
export const EVERY_DIALOG: readonly Shown[] = [
  ...PALETTE.map((type) => ({ title: type, node: idOf(type), choose: MORE_ROWS[type] ?? {} })),
  ...CONNECTIONS.map((connection) => ({
    title: `phone ${connection}`,
    node: 'phone',
    choose: { connection, ...(connection === 'window' && { protocol: 'documented' }) },
  })),
];

interface Editor {
  nodes: { node: (id: string) => { type: string; _def: { category: string } } | null };
  editor: { edit: (node: object) => void; editConfig: (name: string, type: string, id: string) => void };
}
interface InBrowser {
  RED: Editor;
  /** Languages whose texts are there. */
  spoken?: Set<string>;
  i18next: {
    addResourceBundle: (language: string, namespace: string, texts: object) => void;
    changeLanguage: (language: string) => Promise<unknown>;
  };
  jQuery: (element: Element) => { i18n: () => void; trigger: (event: string) => void };
}

/** Has the editor speak another language without being loaded again; what is open already says so after `translate`. */
export async function speak(page: Page, language: string): Promise<void> {
  await page.evaluate(async (lng) => {
    const browser = window as unknown as InBrowser;
    const { i18next, spoken = new Set() } = browser;
    browser.spoken = spoken;
    if (!spoken.has(lng)) {
      const answer = await fetch(`nodes/messages?lng=${lng}`, { headers: { accept: 'application/json' } });
      for (const [set, texts] of Object.entries((await answer.json()) as Record<string, object>))
        i18next.addResourceBundle(lng, set, texts);
      spoken.add(lng);
    }
    localStorage.setItem('editor-language', lng);
    await i18next.changeLanguage(lng);
  }, language);
}

/** Writes all texts of the open dialog once more, in the language that the editor speaks now. */
export function translate(page: Page): Promise<void> {
  return page.evaluate(() => {
    document.querySelectorAll('.microsip-form').forEach((form) => {
      (window as unknown as InBrowser).jQuery(form).i18n();
    });
  });
}

export async function openDialog(page: Page, { node, choose = {} }: Shown): Promise<void> {
  await page.evaluate((id) => {
    const { RED } = window as unknown as { RED: Editor };
    const found = RED.nodes.node(id);
    if (!found) throw new Error(id);
    if (found._def.category === 'config') RED.editor.editConfig('', found.type, id);
    else RED.editor.edit(found);
  }, node);
  const form = page.locator('.microsip-form');
  await form.waitFor();
  for (const [name, value] of Object.entries(choose))
    await form.locator(`#node-input-${name}, #node-config-input-${name}`).evaluate((select, chosen) => {
      (select as HTMLSelectElement).value = chosen;
      (window as unknown as InBrowser).jQuery(select).trigger('change');
    }, value);
  await openAllFolds(page);
}

export function openAllFolds(page: Page): Promise<void> {
  return page.evaluate(() => {
    document.querySelectorAll('details.microsip-form-fold').forEach((fold) => {
      fold.setAttribute('open', '');
    });
  });
}

/** @param width px of the whole tray */
export async function setWidth(page: Page, width: number): Promise<void> {
  await page.locator('.red-ui-tray', { has: page.locator('.microsip-form') }).evaluate((tray, px) => {
    // The editor itself allows no less than what its own tabs need.
    for (const property of ['width', 'min-width', 'max-width'])
      (tray as HTMLElement).style.setProperty(property, `${px}px`, 'important');
    tray.querySelector<HTMLElement>('.red-ui-tray-body')?.style.setProperty('min-width', '0');
  }, width);
}

export async function closeDialog(page: Page): Promise<void> {
  await page.locator('#node-config-dialog-cancel, #node-dialog-cancel').first().click();
  await page.locator('.microsip-form').waitFor({ state: 'detached' });
}
