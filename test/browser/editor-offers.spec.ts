import assert from 'node:assert/strict';
import { seriousProblems } from './accessibility';
import { idOf, NODE_RED_4, ONE_OF_EACH, withEditors } from './editor-stage';

withEditors(
  'what the dialogs say and offer by themselves, in the editor',
  ONE_OF_EACH,
  ({ nodeRed, editor }) => {
    const played = (action: object): Promise<void> =>
      nodeRed().post('/microsip-phone/simulate', { phone: 'phone', ...action });

    it('says whose the account in the field is, and offers all of the phone', async () => {
      const dialog = await editor().openNode(idOf('microsip-dial'));
      const offers = dialog.form.locator('#microsip-accounts option');
      await offers.first().waitFor({ state: 'attached' });
      const labels = await offers.evaluateAll((options) => options.map((option) => option.getAttribute('label')));
      assert.deepEqual(labels, ['1: 1001', '2: 1002', '3: 1003']);
      await dialog.fill('node-input-account', '2');
      await dialog.form.locator('.microsip-unit', { hasText: /^\s*1002\s*$/ }).waitFor();
    });

    it('offers the calls of the phone by name, and leaves a number as it is typed', async () => {
      await played({ action: 'incoming', number: '+4930123456', name: 'Ada <b>' });
      await editor().openNode(idOf('microsip-transfer'));
      await editor().page.evaluate(() => {
        $('#node-input-number').typedInput('type', 'str');
        $('#node-input-number').typedInput('value', '');
      });
      const field = editor().page.locator('.red-ui-typedInput-container .red-ui-typedInput-input');
      const offers = editor().page.locator('.red-ui-autoComplete-container a:visible');
      await field.pressSequentially('ada');
      await offers.first().waitFor();
      assert.match((await offers.first().innerText()).replace(/\s+/g, ' '), /^\+4930123456 Ada <b>, ringing$/);
      await field.fill('');
      await field.pressSequentially('3012');
      await offers
        .first()
        .filter({ hasText: /^\s*3012\s*$/ })
        .waitFor();
      assert.match(await offers.nth(1).innerText(), /\+4930123456/);
      await editor().page.keyboard.press('Escape');
      await played({ action: 'hangup' });
    });

    it('says below a field what is wrong with it, also below a typed one', async () => {
      const wait = await editor().openNode(idOf('microsip-wait'));
      await wait.fill('node-input-timeout', '-1');
      await wait
        .field('node-input-timeout-wrong')
        .filter({ hasText: /604,?800/ })
        .waitFor();
      assert.equal(await wait.field('node-input-timeout').getAttribute('aria-invalid'), 'true');
      assert.deepEqual(await seriousProblems(editor().page, '#dialog-form'), []);
      await wait.fill('node-input-timeout', '5');
      assert.equal(await wait.field('node-input-timeout-wrong').isVisible(), false);
      await editor().closeDialogs();
      const dtmf = await editor().openNode(idOf('microsip-dtmf'));
      await editor().page.evaluate(() => {
        $('#node-input-digits').typedInput('value', '');
      });
      await dtmf.field('node-input-digits-wrong').filter({ hasText: /empty/ }).waitFor();
      await editor().closeDialogs();
      const hold = await editor().openNode(idOf('microsip-hold'));
      await hold.field('node-input-phone').selectOption('_ADD_');
      await hold
        .field('node-input-phone-wrong')
        .filter({ hasText: /Choose one/ })
        .waitFor();
    });

    it('tests the phone when its dialog opens, and again when a field changes', async () => {
      await editor().openNode(idOf('microsip-hold'));
      const dialog = await editor().openPhone();
      const result = dialog.field('microsip-test-result');
      await result.locator('.fa-check').waitFor();
      await dialog.field('node-config-input-connection').selectOption('observe');
      await result.locator('.fa-warning').waitFor();
      assert.match((await result.textContent()) ?? '', /nothing to observe/i);
    });

    it('opens the fold in which something is wrong, and no other', async () => {
      await editor().openNode(idOf('microsip-hold'));
      await editor().page.locator('#node-input-btn-phone-edit').click();
      const folds = editor().page.locator('#node-config-dialog-edit-form details');
      await folds.first().waitFor({ state: 'attached' });
      const open = (): Promise<string[]> =>
        folds.evaluateAll((all) => all.filter((fold) => fold.hasAttribute('open')).map(({ id }) => id));
      assert.deepEqual(await open(), []);
      await editor().page.evaluate(() => {
        $('#node-config-input-timeout').val('1').trigger('change');
      });
      await editor().page.locator('#node-config-input-timeout-wrong').waitFor();
      assert.deepEqual(await open(), ['microsip-fold-expert']);
    });

    it('names a new phone after what it is, and no two the same', async () => {
      for (const name of ['Simulated phone', 'Simulated phone 2']) {
        await editor().openNode(idOf('microsip-hold'));
        await editor().page.locator('#node-input-btn-phone-add').click();
        const form = editor().page.locator('#node-config-dialog-edit-form');
        const field = form.locator('#node-config-input-name');
        assert.equal(await field.getAttribute('placeholder'), 'MicroSIP on this PC');
        await form.locator('#node-config-input-connection').selectOption('simulator');
        assert.equal(await field.getAttribute('placeholder'), name);
        await editor().page.locator('#node-config-dialog-ok').click();
        const chosen = editor().page.locator('#node-input-phone option:checked');
        await chosen.filter({ hasText: new RegExp(`^${name}$`) }).waitFor({ state: 'attached' });
        await editor().closeDialogs();
      }
    });
  },
  NODE_RED_4,
);
