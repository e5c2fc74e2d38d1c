import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { ROOT, TYPES } from '../support/checkout';
import { NodeRedProcess } from '../support/node-red-process';
import { skipBecause } from '../support/skip';
import { chromiumPath, EditorPage } from './editor-page';

const VERSIONS = [
  { title: 'Node-RED 4.1', folder: 'node-red', node: process.execPath },
  { title: 'Node-RED 5', folder: 'node-red-5', node: process.env.NODE_FOR_NODE_RED_5 },
];
const PALETTE = TYPES.filter((type) => type !== 'microsip-phone');

const SETTINGS: Record<string, object> = {
  'microsip-dial': { number: 'payload', numberType: 'msg' },
  'microsip-wait': { until: ['idle'], timeout: 60 },
  'microsip-dtmf': { digits: '123#', digitsType: 'str' },
};

/** One node of each type, all on one simulated phone. */
const FLOW = [
  { id: 'tab', type: 'tab', label: 'Phone' },
  { id: 'phone', type: 'microsip-phone', name: 'Desk 1', connection: 'simulator', pollInterval: 250, timeout: 2000 },
  ...PALETTE.map((type, row) => ({
    id: idOf(type),
    type,
    z: 'tab',
    phone: 'phone',
    ...SETTINGS[type],
    // Two columns, so that all of them are in sight.
    x: 200 + 300 * (row % 2),
    y: 60 + 40 * row,
    wires: [[]],
  })),
];

/** A text that was not found in the catalog is shown as its key, such as `dial.label.number`. */
const KEY = /^[\w-]+([.:/][\w-]+)+$/;

for (const { title, folder, node } of VERSIONS) {
  describe(`the editor of ${title}`, function () {
    this.timeout(60_000);
    let nodeRed: NodeRedProcess | undefined;
    let opened: EditorPage | undefined;
    const userDir = mkdtempSync(join(tmpdir(), 'microsip-editor-'));

    before(async function () {
      const browser = chromiumPath();
      if (!browser) skipBecause(this, 'no Chromium: install it, or name it in the variable CHROMIUM');
      if (!node) skipBecause(this, process.env.NO_NODE_FOR_NODE_RED_5 ?? 'no Node.js for Node-RED 5 was named');
      mkdirSync(join(ROOT, 'build', 'screenshots'), { recursive: true });
      nodeRed = await NodeRedProcess.start({
        node,
        script: join(ROOT, 'node_modules', folder, 'red.js'),
        settings: join(ROOT, 'scripts/lib/node-red-settings.cjs'),
        userDir,
      });
      await nodeRed.post('/flows', FLOW);
      opened = await EditorPage.open(browser, nodeRed.url);
    });
    afterEach(async function () {
      if (this.currentTest?.state === 'failed') await opened?.screenshot(`${folder} ${this.currentTest.title}`);
      await opened?.closeDialogs();
    });
    after(async () => {
      await opened?.close();
      await nodeRed?.stop();
      rmSync(userDir, { recursive: true, force: true, maxRetries: 5 });
    });

    it('names every node in the palette', async () => {
      for (const type of PALETTE) {
        const entry = editor().page.locator(`.red-ui-palette-node[data-palette-type="${type}"] .red-ui-palette-label`);
        assertWords([(await entry.textContent()) ?? '']);
      }
      await editor().screenshot(`${folder} canvas`);
    });

    it('tells the state of the phone in words below every node', async () => {
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
      }
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
      assert.match(await test(), /not there, .*microsip_log\.txt/);
      writeFileSync(log, '');
      await dialog.fill('node-config-input-callLog', join(userDir, 'call_log.db'));
      const told = await test();
      await editor().screenshot(`${folder} observe`);
      assert.match(told, /SIP log: .*microsip_log\.txt.*not there, .*call_log\.db/);
      for (const [value, wrong] of [
        ['4', true],
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

    it('marks a poll interval that is not possible', async () => {
      await editor().openNode(idOf('microsip-dial'));
      const dialog = await editor().openPhone();
      await dialog.field('node-config-input-connection').selectOption('window');
      for (const [value, wrong] of [
        ['5', true],
        ['250', false],
        ['10001', true],
        ['10000', false],
      ] as const) {
        await dialog.fill('node-config-input-pollInterval', value);
        assert.equal(await dialog.isMarkedWrong('node-config-input-pollInterval'), wrong, value);
        if (wrong) assert.match(await dialog.complaintAbout('node-config-input-pollInterval'), /10,?000/);
      }
    });

    it('shows the numbers of commands only for the documented interface, and marks those that are not possible', async () => {
      await editor().openNode(idOf('microsip-dial'));
      const dialog = await editor().openPhone();
      const numbers = dialog.field('node-config-input-commandIds');
      await dialog.field('node-config-input-connection').selectOption('window');
      assert.equal(await numbers.isVisible(), false);
      await dialog.field('node-config-input-protocol').selectOption('documented');
      assert.equal(await numbers.isVisible(), true);
      await editor().screenshot(`${folder} phone documented`);
      assertWords(await dialog.texts());
      for (const [value, wrong] of [
        ['{"dial": 4}', true],
        ['{"dial": 104}', false],
        ['{"ring": 104}', true],
        ['', false],
        ['dial = 104', true],
      ] as const) {
        await dialog.fill('node-config-input-commandIds', value);
        assert.equal(await dialog.isMarkedWrong('node-config-input-commandIds'), wrong, value);
      }
      await dialog.field('node-config-input-connection').selectOption('dde');
      assert.equal(await numbers.isVisible(), false);
    });

    it('marks a node without a phone', async () => {
      const dialog = await editor().openNode(idOf('microsip-dial'));
      assert.equal(await dialog.isMarkedWrong('node-input-phone'), false);
      await dialog.field('node-input-phone').selectOption('_ADD_');
      assert.equal(await dialog.isMarkedWrong('node-input-phone'), true);
    });

    it('gives the dial node two outputs and a timeout when it waits', async () => {
      assert.equal(await editor().outputsOf(idOf('microsip-dial')), 1);
      for (const [waitFor, outputs] of [
        ['answered', 2],
        ['sent', 1],
      ] as const) {
        const dialog = await editor().openNode(idOf('microsip-dial'));
        await dialog.field('node-input-waitFor').selectOption(waitFor);
        await editor().screenshot(`${folder} microsip-dial ${waitFor}`);
        assert.equal(await dialog.field('node-input-waitTimeout').isVisible(), outputs === 2);
        assertWords(await dialog.texts());
        await editor().done();
        assert.equal(await editor().outputsOf(idOf('microsip-dial')), outputs);
      }
    });

    it('marks a waiting that is longer than possible', async () => {
      const dialog = await editor().openNode(idOf('microsip-wait'));
      for (const [value, wrong] of [
        ['-1', true],
        ['604801', true],
        ['', false],
        ['2.5', false],
      ] as const) {
        await dialog.fill('node-input-timeout', value);
        assert.equal(await dialog.isMarkedWrong('node-input-timeout'), wrong, value);
      }
    });

    it('shows the level of audio only to set it, and marks one that is not possible', async () => {
      const id = idOf('microsip-audio');
      let dialog = await editor().openNode(id);
      const level = (): Locator => dialog.form.locator('#node-input-level ~ .red-ui-typedInput-container');
      assert.equal(await level().isVisible(), false);
      await dialog.field('node-input-action').selectOption('set');
      await editor().screenshot(`${folder} microsip-audio set`);
      assert.equal(await level().isVisible(), true);
      assertWords(await dialog.texts());
      for (const [value, wrong] of [
        ['101', true],
        ['100', false],
        ['-1', true],
        ['0', false],
        ['', true],
        ['101', true],
      ] as const) {
        await setTyped('level', 'num', value);
        assert.equal(await dialog.isMarkedWrong('node-input-level'), wrong, value);
      }
      await dialog.field('node-input-action').selectOption('mute');
      await editor().done();
      dialog = await editor().openNode(id);
      assert.equal(await dialog.field('node-input-level').inputValue(), 'payload', 'a hidden level was kept');
    });

    it('shows the account of the app node only to switch to it, and marks one that is not possible', async () => {
      const dialog = await editor().openNode(idOf('microsip-app'));
      assert.equal(await dialog.field('node-input-account').isVisible(), false);
      await dialog.field('node-input-action').selectOption('account');
      assert.equal(await dialog.field('node-input-account').isVisible(), true);
      for (const [value, wrong] of [
        ['0', true],
        ['999', false],
        ['1000', true],
        ['', true],
        ['2', false],
      ] as const) {
        await dialog.fill('node-input-account', value);
        assert.equal(await dialog.isMarkedWrong('node-input-account'), wrong, value);
      }
    });

    it('keeps the format in which the dial node writes a number', async () => {
      const id = idOf('microsip-dial');
      let dialog = await editor().openNode(id);
      assert.equal(await dialog.field('node-input-format').inputValue(), 'typed');
      await dialog.field('node-input-format').selectOption('e164');
      await editor().done();
      dialog = await editor().openNode(id);
      assert.equal(await dialog.field('node-input-format').inputValue(), 'e164');
    });

    it('keeps what is ticked to wait for, and says when nothing is', async () => {
      const id = idOf('microsip-wait');
      let dialog = await editor().openNode(id);
      const box = (value: string): Locator => dialog.form.locator(`input[value="${value}"]`);
      const problem = (): Promise<boolean> => dialog.field('node-input-until-problem').isVisible();
      assert.equal(await box('idle').isChecked(), true);
      assert.equal(await problem(), false);
      await box('idle').uncheck();
      assert.equal(await problem(), true);
      await box('answered').check();
      assert.equal(await problem(), false);
      await editor().done();
      dialog = await editor().openNode(id);
      assert.deepEqual([await box('idle').isChecked(), await box('answered').isChecked()], [false, true]);
    });

    it('keeps the outcomes that are ticked for the call log', async () => {
      const id = idOf('microsip-call-log');
      let dialog = await editor().openNode(id);
      await dialog.form.locator('input[value="missed"]').check();
      await dialog.field('node-input-direction').selectOption('inbound');
      await editor().done();
      dialog = await editor().openNode(id);
      const ticked = dialog.form.locator('#node-input-disposition-list input:checked');
      assert.deepEqual(await ticked.evaluateAll(valuesOf), ['missed']);
      assert.equal(await dialog.field('node-input-direction').inputValue(), 'inbound');
    });

    it('has nothing to complain of in the console', () => {
      // Two tests ask for what cannot be had, and Chromium complains of every such answer.
      const refused = /400 \(Bad Request\) .*\/microsip-phone\/(?:simulate|find)$/;
      assert.deepEqual(
        editor().errors.filter((error) => !refused.test(error)),
        [],
      );
    });

    /** What choosing a type in the menu of a typed input does, and typing a value. */
    async function setTyped(property: string, type: string, value: string): Promise<void> {
      await editor().page.evaluate(
        ([id, newType, newValue]) => {
          const field = $(id);
          field.typedInput('type', newType);
          field.typedInput('value', newValue);
        },
        [`#node-input-${property}`, type, value] as const,
      );
    }

    function editor(): EditorPage {
      assert.ok(opened);
      return opened;
    }
  });
}

function idOf(type: string): string {
  return type.replace('microsip-', 'the-');
}

function assertWords(texts: string[]): void {
  assert.ok(texts.length > 0, 'no text');
  for (const text of texts) {
    assert.match(text, /\p{L}/u);
    assert.doesNotMatch(text, KEY);
  }
}

function valuesOf(elements: Element[]): string[] {
  return elements.map((element) => element.getAttribute('value') ?? '');
}
