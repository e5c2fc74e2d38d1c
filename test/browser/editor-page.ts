import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';

/** What a browser without network cannot reach; everything else in the console is a fault of ours. */
const EXTERNAL_LOOKUP = /ERR_NAME_NOT_RESOLVED|ERR_INTERNET_DISCONNECTED|ERR_PROXY|ERR_TUNNEL|ERR_CONNECTION_RESET/;

/** A click while something slides in goes astray, and each step of a movement has to be drawn. */
const WITHOUT_MOVEMENT = '*, *::before, *::after { transition: none !important; animation: none !important; }';

/** The Node-RED editor in a browser without a window. */
export class EditorPage {
  readonly errors: string[] = [];

  private constructor(readonly page: Page) {
    page.on('pageerror', (error) => this.errors.push(error.message));
    page.on('console', (message) => {
      const text = `${message.text()} ${message.location().url}`;
      if (message.type() === 'error' && !EXTERNAL_LOOKUP.test(text)) this.errors.push(text);
    });
  }

  static async open(browser: Browser, url: string): Promise<EditorPage> {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, locale: 'en-US' });
    page.setDefaultTimeout(30_000);
    const editor = new EditorPage(page);
    await page.goto(url);
    await editor.untilLoaded();
    return editor;
  }

  /** Chooses the language in the settings of the editor. */
  async speak(language: string): Promise<void> {
    await this.page.evaluate((chosen) => {
      localStorage.setItem('editor-language', chosen);
    }, language);
    await this.page.reload();
    await this.untilLoaded();
  }

  async close(): Promise<void> {
    await this.page.close();
  }

  /** The dialog of a node on the canvas, opened by a double click. */
  async openNode(id: string): Promise<Dialog> {
    await this.page.locator(`g[id="${id}"] rect.red-ui-flow-node`).dblclick();
    return this.dialog('#dialog-form');
  }

  /** From the dialog of a node, the dialog of its phone. */
  async openPhone(): Promise<Dialog> {
    await this.page.locator('#node-input-btn-phone-edit').click();
    const dialog = await this.dialog('#node-config-dialog-edit-form');
    await dialog.openFolds();
    return dialog;
  }

  /** Saves the dialog of a node. */
  async done(): Promise<void> {
    const done = this.page.locator('#node-dialog-ok');
    await done.click();
    await done.waitFor({ state: 'detached' });
  }

  /** The nodes on the canvas. */
  nodeIds(): Promise<string[]> {
    return this.page.locator('g.red-ui-flow-node-group').evaluateAll((groups) => groups.map(({ id }) => id));
  }

  /** How many outputs the node has on the canvas. */
  outputsOf(id: string): Promise<number> {
    return this.page.locator(`g[id="${id}"] .red-ui-flow-port-output`).count();
  }

  /** Leaves the dialogs that are open, the inner one first, without saving. */
  async closeDialogs(): Promise<void> {
    for (const id of ['node-config-dialog-cancel', 'node-dialog-cancel']) {
      const cancel = this.page.locator(`#${id}`);
      if (await cancel.isVisible()) {
        await cancel.click();
        await cancel.waitFor({ state: 'detached' });
      }
    }
  }

  /** The words under a node. */
  statusOf(id: string): Locator {
    return this.page.locator(`g[id="${id}"] .red-ui-flow-node-status-label`);
  }

  async screenshot(name: string): Promise<void> {
    await this.page.screenshot({ path: join('build', 'screenshots', `${name}.png`) });
  }

  private async untilLoaded(): Promise<void> {
    await this.page.addStyleTag({ content: WITHOUT_MOVEMENT });
    await this.page.evaluate(() => {
      (window as unknown as { jQuery: { fx: { off: boolean } } }).jQuery.fx.off = true;
    });
    await this.page.locator('.red-ui-palette-node').first().waitFor();
    // The flow comes behind the palette.
    await this.page.locator('#red-ui-loading-progress').waitFor({ state: 'hidden' });
  }

  private async dialog(selector: string): Promise<Dialog> {
    const form = this.page.locator(selector);
    await form.locator('.form-row').first().waitFor();
    // The editor does so a while after it has shown the dialog, wherever a person has gone by then.
    await this.page.locator('.red-ui-tray', { has: form }).locator(':focus').waitFor({ state: 'attached' });
    return new Dialog(form);
  }
}

export class Dialog {
  constructor(readonly form: Locator) {}

  /** All texts that a person reads in the dialog. */
  async texts(): Promise<string[]> {
    const texts = await this.form
      .locator('label, .microsip-label, option, .form-tips, .microsip-form-hint, button, summary')
      .allTextContents();
    return texts.map((text) => text.trim()).filter((text) => text !== '');
  }

  /** Has all rows in sight that the connection has. */
  async openFolds(): Promise<void> {
    await this.form.locator('details').evaluateAll((folds) => {
      for (const fold of folds) fold.setAttribute('open', '');
    });
  }

  field(id: string): Locator {
    return this.form.locator(`#${id}`);
  }

  /** Fills a field in, as a person does, and leaves it. */
  async fill(id: string, value: string): Promise<void> {
    await this.field(id).fill(value);
    await this.field(id).blur();
  }

  /** What the editor says is wrong with a field, when the mouse rests on it. */
  async complaintAbout(id: string): Promise<string> {
    const page = this.form.page();
    // Only a mouse that comes from elsewhere makes the tip appear.
    await page.mouse.move(0, 0);
    await this.field(id).hover();
    const tip = page.locator('.red-ui-popover:visible');
    await tip.waitFor();
    return (await tip.innerText()).trim();
  }

  async isMarkedWrong(id: string): Promise<boolean> {
    return (
      (await this.form.locator(`#${id}.input-error, #${id} ~ .red-ui-typedInput-container.input-error`).count()) > 0
    );
  }
}
