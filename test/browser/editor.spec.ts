import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seriousProblems } from './accessibility';
import { assertWords, idOf, ONE_OF_EACH, PALETTE, valuesOf, withEditors } from './editor-stage';

/** All that another theme changes. */
const CONTRAST = ['color-contrast'];

withEditors('the editor', ONE_OF_EACH, ({ folder, userDir, editor }) => {
  it('names every node in the palette', async () => {
    for (const type of PALETTE) {
      const entry = editor().page.locator(`.red-ui-palette-node[data-palette-type="${type}"] .red-ui-palette-label`);
      assertWords([(await entry.textContent()) ?? '']);
    }
    await editor().screenshot(`${folder} canvas`);
  });

  it('tells the state of the phone, or its own, in words below every node', async () => {
    for (const type of PALETTE.filter((one) => one !== 'microsip-simulator')) {
      const status = editor().statusOf(idOf(type));
      await status.waitFor();
      assertWords([(await status.textContent()) ?? '']);
    }
  });

  for (const type of PALETTE) {
    it(`has a dialog in words for ${type}`, async () => {
      const dialog = await editor().openNode(idOf(type));
      await editor().screenshot(`${folder} ${type}`);
      assertWords(await dialog.texts());
      assert.deepEqual(await seriousProblems(editor().page, '#dialog-form'), []);
    });
  }

  it('has a dialog in words for the phone, for every connection', async () => {
    await editor().openNode(idOf('microsip-dial'));
    const dialog = await editor().openPhone();
    const connection = dialog.field('node-config-input-connection');
    for (const value of await connection.locator('option').evaluateAll(valuesOf)) {
      await connection.selectOption(value);
      await editor().screenshot(`${folder} phone ${value}`);
      assertWords(await dialog.texts());
      assert.deepEqual(await seriousProblems(editor().page, '#node-config-dialog-edit-form'), [], value);
    }
  });

  if (folder === 'node-red-5')
    it('is readable in the dark theme', async () => {
      await editor().page.emulateMedia({ colorScheme: 'dark' });
      await editor().page.evaluate(() => {
        document.documentElement.classList.add('nr-theme-dark');
      });
      await editor().screenshot('dark canvas');
      for (const type of PALETTE) {
        await editor().openNode(idOf(type));
        assert.deepEqual(await seriousProblems(editor().page, '#dialog-form', CONTRAST), [], type);
        await editor().closeDialogs();
      }
      await editor().openNode(idOf('microsip-dial'));
      const dialog = await editor().openPhone();
      for (const value of ['window', 'simulator', 'mqtt']) {
        await dialog.field('node-config-input-connection').selectOption(value);
        await editor().screenshot(`dark phone ${value}`);
        assert.deepEqual(await seriousProblems(editor().page, '#node-config-dialog-edit-form', CONTRAST), [], value);
      }
      await editor().closeDialogs();
      await editor().page.evaluate(() => {
        document.documentElement.classList.remove('nr-theme-dark');
      });
      await editor().page.emulateMedia({ colorScheme: 'light' });
    });

  it('tells what a phone will observe, before it does', async () => {
    await editor().openNode(idOf('microsip-dial'));
    const dialog = await editor().openPhone();
    await dialog.field('node-config-input-connection').selectOption('observe');
    const result = dialog.field('microsip-test-result');
    const test = async (): Promise<string> => {
      await dialog.field('microsip-test').click();
      await result.locator('.fa-check, .fa-warning').waitFor();
      return (await result.textContent()) ?? '';
    };
    assert.match(await test(), /nothing to observe/i);
    const log = join(userDir, 'microsip_log.txt');
    await dialog.fill('node-config-input-logFile', log);
    await dialog.fill('node-config-input-callLog', '');
    assert.match(await test(), /not found, .*microsip_log\.txt/);
    writeFileSync(log, '');
    await dialog.fill('node-config-input-callLog', join(userDir, 'call_log.db'));
    const told = await test();
    await editor().screenshot(`${folder} observe`);
    assert.match(told, /SIP log: .*microsip_log\.txt.*not found, .*call_log\.db/);
    for (const [value, wrong] of [
      ['4', true],
      ['UK', true],
      ['de', false],
      ['DE', false],
    ] as const) {
      await dialog.fill('node-config-input-region', value);
      assert.equal(await dialog.isMarkedWrong('node-config-input-region'), wrong, value);
    }
  });

  it('plays a caller on the simulated phone from its dialog', async () => {
    await editor().openNode(idOf('microsip-dial'));
    const dialog = await editor().openPhone();
    await dialog.field('node-config-input-connection').selectOption('simulator');
    const result = dialog.field('microsip-console-result');
    const press = async (action: string): Promise<string> => {
      await dialog.form.locator(`#microsip-console button[value="${action}"]`).click();
      await result.locator('.fa-phone, .fa-warning').waitFor();
      return (await result.textContent()) ?? '';
    };
    await dialog.field('microsip-console-name').fill('Ada <b>');
    assert.match(await press('incoming'), /now: ringing.*\+4930123456 \(Ada <b>\)/);
    await editor().screenshot(`${folder} phone console`);
    assert.match(await press('hangup'), /now: idle/);
    assert.match(await press('answer'), /call/i);
  });

  it('says where MicroSIP can be looked for', async () => {
    await editor().openNode(idOf('microsip-dial'));
    const dialog = await editor().openPhone();
    await dialog.field('node-config-input-connection').selectOption('window');
    await dialog.field('microsip-find').click();
    const result = dialog.field('microsip-find-result');
    await result.locator('.fa-warning').waitFor();
    assert.match((await result.textContent()) ?? '', /Windows/);
  });

  it('reaches everything in the dialog of the phone with the tab key', async () => {
    await editor().openNode(idOf('microsip-dial'));
    const dialog = await editor().openPhone();
    for (const connection of ['window', 'simulator']) {
      await dialog.field('node-config-input-connection').selectOption(connection);
      const wanted = new Set(
        await dialog.form.locator('input, select, textarea, button, summary').evaluateAll(visibleControls),
      );
      await dialog.field('node-config-input-name').focus();
      const reached = new Set<string>();
      for (let presses = 0; presses <= wanted.size; presses++) {
        reached.add(await editor().page.evaluate(focusedControl));
        await editor().page.keyboard.press('Tab');
      }
      assert.deepEqual(
        [...wanted].filter((control) => !reached.has(control)),
        [],
        connection,
      );
    }
    await dialog.form.locator('#microsip-test').focus();
    await editor().page.keyboard.press('Enter');
    await dialog.field('microsip-test-result').locator('.fa-check').waitFor();
  });

  it('has nothing to complain of in the console', () => {
    // Two tests ask for what cannot be had, and Chromium complains of every such answer.
    const refused = /400 \(Bad Request\) .*\/microsip-phone\/(?:simulate|find)$/;
    assert.deepEqual(
      editor().errors.filter((error) => !refused.test(error)),
      [],
    );
  });
});

/** Runs in the browser: what a person can use, by something that tells it from the others. */
function visibleControls(elements: Element[]): string[] {
  return elements
    .filter((element) => (element as HTMLElement).offsetParent !== null && !element.id.startsWith('red-ui-trap'))
    .map((element) => element.id || (element as HTMLButtonElement).value || element.textContent);
}
function focusedControl(): string {
  const element = document.activeElement;
  return element?.id || (element as HTMLButtonElement | null)?.value || (element?.textContent ?? '');
}
