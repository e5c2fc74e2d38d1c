import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { tooFaint } from './accessibility';
import { EVERY_DIALOG, LANGUAGES, closeDialog, openDialog, setWidth, speak, translate } from './every-dialog';
import { NODE_RED_4, ONE_OF_EACH, withEditors } from './editor-stage';

/** px of the whole tray: the narrowest that Node-RED makes, the rooms in which Node-RED 5 and 4 open one, and one drawn wide. */
const WIDTHS = [360, 480, 500, 900];
/** Has the colours that Node-RED gives it. */
const NODE_REDS = 'button, .red-ui-button, .red-ui-typedInput-container, .form-tips';

withEditors(
  'the layout of the dialogs in the editor',
  ONE_OF_EACH,
  ({ editor }) => {
    before(async () => {
      for (const language of LANGUAGES) await speak(editor().page, language);
    });

    for (const shown of EVERY_DIALOG)
      it(`holds at every width and in every language: ${shown.title}`, async () => {
        const { page } = editor();
        await speak(page, 'en-US');
        await openDialog(page, shown);
        for (const language of LANGUAGES) {
          await speak(page, language);
          await translate(page);
          for (const width of WIDTHS) {
            await setWidth(page, width);
            assert.deepEqual(await faults(page), [], `${language}, ${String(width)} px`);
            assert.ok(await fits(page, width), `the dialog is not ${String(width)} px wide`);
          }
        }
        assert.deepEqual(await tooFaint(page.locator('.microsip-form'), NODE_REDS), []);
        await closeDialog(page);
      });

    it('would be found not to hold', async () => {
      const { page } = editor();
      await openDialog(page, EVERY_DIALOG[0] ?? assert.fail());
      await setWidth(page, 500);
      await page.addStyleTag({
        content: `.microsip-form.microsip-form.microsip-form .form-row > label { display: block !important; }
          #node-input-name { width: 90% !important; } #node-input-format { margin-left: 9px !important; }
          .microsip-form { width: 600px; }`,
      });
      await page.locator('label[for="node-input-waitFor"] span').evaluate((label) => {
        label.textContent = 'several words that need more than one line';
      });
      await page.locator('#node-input-name').evaluate((field) => {
        (field as HTMLInputElement).placeholder = 'words in an empty field that are longer than this field is wide';
      });
      const found = (await faults(page)).map((fault) => fault.split(':')[0]);
      assert.deepEqual([...new Set(found)].sort(), ['cut', 'edge', 'label', 'scroll']);
    });
  },
  NODE_RED_4,
);

/** Whether the tray took the width, so that something is tried at all. */
function fits(page: Page, width: number): Promise<boolean> {
  return page.locator('.microsip-form').evaluate((form, px) => {
    const { left, right } = form.getBoundingClientRect();
    return right - left < px && right - left > Math.min(px, 800) - 80;
  }, width);
}

/** What is not where it should be, in words. */
async function faults(page: Page): Promise<string[]> {
  // What compiles the specs gives functions their names by a helper, which the browser does not have.
  await page.evaluate('globalThis.__name = (named) => named');
  return page.locator('.microsip-form').evaluate((form) => {
    const [USUAL, ARROW] = [440, 20];
    const found: string[] = [];
    const isSeen = (element: Element): boolean => element.getClientRects().length > 0;
    const all = (selector: string): Element[] => Array.from(form.querySelectorAll(selector)).filter(isSeen);
    const linesOf = (element: Element): DOMRect[] => {
      const range = document.createRange();
      range.selectNodeContents(element);
      return Array.from(range.getClientRects()).filter(({ width }) => width > 0);
    };
    const wordsOf = (element: Element): string => element.textContent.trim().replace(/\s+/g, ' ');
    // Beside an icon or a box, all lines of the text.
    for (const label of all('.form-row > label, .microsip-label, .microsip-check, .microsip-result')) {
      const [mark, text] = [label.querySelector('.fa, input'), label.querySelector('span')];
      if (!mark || !text) continue;
      const { right } = mark.getBoundingClientRect();
      if (linesOf(text).some(({ left }) => left < right)) found.push(`label: ${wordsOf(label)}`);
    }
    // Every field ends where the others end; what is beside each other ends there together.
    const ends = new Map<number, string[]>();
    for (const row of all('.form-row')) {
      const cells = Array.from(row.children).filter(
        (cell) =>
          isSeen(cell) &&
          !cell.matches('label, .microsip-label, .microsip-form-hint, .microsip-wrong, .microsip-result'),
      );
      for (const cell of cells) {
        const fields = Array.from(cell.querySelectorAll('input[type="text"], select, textarea, a, button'));
        const parts = [cell, ...fields].filter(isSeen).map((part) => part.getBoundingClientRect().right);
        const end = Math.round(Math.max(...parts));
        ends.set(end, [...(ends.get(end) ?? []), wordsOf(row) || row.innerHTML.slice(0, 80)]);
      }
    }
    const [usual] = [...ends].sort(([, one], [, other]) => other.length - one.length)[0] ?? [0];
    for (const [end, rows] of ends)
      if (Math.abs(end - usual) > 1) found.push(`edge: ${String(end - usual)} ${rows.join()}`);
    const starts = all('.form-row > input, .form-row > select, .form-row > div, .form-row > textarea').map((field) =>
      Math.round(field.getBoundingClientRect().left),
    );
    for (const start of new Set(starts))
      if (start - Math.min(...starts) > 1) found.push(`edge: begins at ${String(start)}`);
    // Nothing is cut or has to be scrolled to.
    for (const element of all('button, summary, .microsip-unit > span, .microsip-label, label'))
      if (element.scrollWidth > element.clientWidth + 1) found.push(`cut: ${wordsOf(element)}`);
    // What is chosen has to be legible at the width in which Node-RED opens a dialog, and what an empty field says.
    const pen = document.createElement('canvas').getContext('2d');
    const isCut = (field: Element, text: string, beside: number): boolean => {
      if (!pen || form.clientWidth < USUAL) return false;
      const { font, paddingLeft, paddingRight } = getComputedStyle(field);
      pen.font = font;
      return (
        pen.measureText(text).width > field.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight) - beside
      );
    };
    for (const select of all('select') as HTMLSelectElement[])
      for (const { text } of Array.from(select.options)) if (isCut(select, text, ARROW)) found.push(`cut: ${text}`);
    // An address is legible by its beginning.
    for (const field of all('input[placeholder]') as HTMLInputElement[])
      if (!field.placeholder.includes('://') && isCut(field, field.placeholder, 0))
        found.push(`cut: ${field.placeholder}`);
    const tray = form.closest('.red-ui-tray-body') ?? form;
    for (let part: Element | null = form; part; part = part === tray ? null : part.parentElement)
      if (part.scrollWidth > part.clientWidth + 1) found.push(`scroll: ${part.className}`);
    return found;
  });
}
