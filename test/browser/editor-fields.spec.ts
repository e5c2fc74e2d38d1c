import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { assertWords, idOf, ONE_OF_EACH, valuesOf, withEditors } from './editor-stage';

withEditors('the fields in the editor', ONE_OF_EACH, ({ folder, editor }) => {
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

  it('says where the trace is, while it is switched on', async () => {
    await editor().openNode(idOf('microsip-dial'));
    const dialog = await editor().openPhone();
    const place = dialog.field('microsip-trace-file');
    assert.equal(await place.isVisible(), false);
    await dialog.field('node-config-input-trace').check();
    assert.match((await place.textContent()) ?? '', /microsip-trace\/[0-9a-z.-]+\.log/);
    assert.equal(await place.isVisible(), true);
    await editor().screenshot(`${folder} phone traced`);
    assertWords(await dialog.texts());
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

  it('offers by name what a message may have to be dialled', async () => {
    const dialog = await editor().openNode(idOf('microsip-dial'));
    const field = dialog.form.locator('#node-input-number ~ .red-ui-typedInput-container .red-ui-typedInput-input');
    const offers = editor().page.locator('.red-ui-autoComplete-container a:visible');
    await field.fill('');
    await field.pressSequentially('call st');
    assert.deepEqual(await offers.allInnerTexts().then((texts) => texts.map((text) => text.split(/\s+/)[0])), [
      'payload.number',
      'payload.numberE164',
      'payload.name',
      'payload.uri',
    ]);
    assert.match((await offers.first().innerText()).replace(/\s+/g, ' '), /^payload.number call status, call log$/);
    await editor().screenshot(`${folder} microsip-dial offers`);
    await field.fill('');
    await field.pressSequentially('number');
    assert.equal((await offers.first().innerText()).trim(), 'number');
    await offers.filter({ hasText: 'call.numberE164' }).click();
    await editor().done();
    assert.deepEqual(
      await editor().page.evaluate((id) => {
        const { RED } = window as unknown as { RED: { nodes: { node(id: string): Record<string, unknown> } } };
        const { number, numberType } = RED.nodes.node(id);
        return [number, numberType];
      }, idOf('microsip-dial')),
      ['call.numberE164', 'msg'],
    );
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
});
