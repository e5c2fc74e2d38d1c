import assert from 'node:assert/strict';
import { exampleFlow } from '../support/example-flow';
import { seriousProblems } from './accessibility';
import { withEditors } from './editor-stage';

const DEMO = exampleFlow('Demo - a call from ring to log');
const ID = 'fda9d0988e6aa702';
/** What a caller may choose. */
const HOSTILE = `<img src=x onerror="document.title='hacked'"> ${'Wolfeschlegelsteinhausen'.repeat(12)}`;
const SIDEBAR = '.microsip-sidebar';

interface Editor {
  actions: { invoke(name: string): void };
  user: { hasPermission(permission: string): boolean };
}

withEditors('the sidebar of the editor', DEMO, ({ editor, nodeRed, folder }) => {
  const invoke = (action: string): Promise<void> =>
    editor().page.evaluate((name) => {
      (window as unknown as { RED: Editor }).RED.actions.invoke(name);
    }, action);
  const post = (path: string, body: object): Promise<void> =>
    nodeRed().post(`/microsip-phone/${path}`, { phone: ID, ...body });
  const says = (text: string): Promise<void> =>
    editor().page.locator(`${SIDEBAR} .microsip-head .microsip-state`, { hasText: text }).waitFor();
  const click = (name: string): Promise<void> =>
    editor().page.locator(SIDEBAR).getByRole('button', { name, exact: true }).click();

  it('shows the phones that run, and plays the simulated one', async () => {
    await invoke('microsip:show-sidebar');
    await says('idle');
    const { page } = editor();
    await page.getByText('Play the far end').click();
    await page.getByLabel('Number of the caller').fill('+49 30 123456');
    await page.getByLabel('Name of the caller').fill('Ada');
    await page.getByLabel('Name of the caller').press('Enter');
    await says('ringing');
    await page.locator('.microsip-calls').getByText('+49 30 123456').or(page.getByText('+4930123456')).waitFor();
    await click('Answer');
    await says('in a call');
    await page.locator('.microsip-time', { hasText: /^0:0[1-9]/ }).waitFor();
    await click('Hold');
    await says('on hold');
    await click('Resume');
    await says('in a call');
    await click('They hang up');
    await says('idle');
    // The state comes by itself, the calls are asked for then.
    await page.locator('.microsip-calls li').waitFor({ state: 'detached' });
  });

  it('offers a tour that leads through the demo', async () => {
    const { page } = editor();
    await page.evaluate(() => {
      const { actions } = (window as unknown as { RED: Editor }).RED;
      // As with a double click.
      for (const name of ['microsip:tour', 'microsip:tour']) actions.invoke(name);
    });
    const step = page.locator('.red-ui-tourGuide-popover');
    const titles: string[] = [];
    for (const place of ['1/5', '2/5', '3/5', '4/5', '5/5']) {
      await step.getByText(place).waitFor();
      titles.push((await step.locator('h2').last().textContent()) ?? '');
      const isInTheMiddle = /popover-full/.test((await step.getAttribute('class')) ?? '');
      assert.equal(isInTheMiddle, ['1/5', '5/5'].includes(place), place);
      await editor().screenshot(`${folder} tour ${place.charAt(0)}`);
      // Node-RED moves and focuses what it shows a little later, and fails when that is gone by then.
      await step.locator('.red-ui-tourGuide-toolbar button:focus').click();
    }
    await step.waitFor({ state: 'detached' });
    assert.equal(await page.locator('.red-ui-tourGuide-shade').count(), 0);
    assert.equal(new Set(titles).size, 5);
    assert.deepEqual(editor().errors, []);
  });

  // The rest is the same in both.
  if (folder !== 'node-red') return;

  it('says what went wrong where the button is, and keeps it as the last error', async () => {
    const { page } = editor();
    await page.getByLabel('Number or digits').fill('/resetnoask');
    await click('Dial');
    await page.locator('.microsip-note-fa-info-circle', { hasText: 'or -' }).waitFor();
    await page.locator('.microsip-note-fa-history', { hasText: 'or -' }).waitFor();
    await page.getByLabel('Number or digits').fill('1001');
    await page.getByLabel('Number or digits').press('Enter');
    await says('dialing');
    await click('Hang up');
    await says('idle');
  });

  it('shows what callers choose as text, however long', async () => {
    const { page } = editor();
    await post('simulate', { action: 'incoming', number: '1'.repeat(250), name: HOSTILE });
    await says('ringing');
    await page.locator('.microsip-calls', { hasText: '<img src=x' }).waitFor();
    const { wide, room } = await page.locator(SIDEBAR).evaluate(({ scrollWidth, clientWidth }) => {
      return { wide: scrollWidth, room: clientWidth };
    });
    assert.ok(wide <= room, `${wide} in ${room}`);
    assert.equal(await page.locator(`${SIDEBAR} img`).count(), 0);
    assert.notEqual(await page.title(), 'hacked');
    assert.deepEqual(await seriousProblems(page, SIDEBAR), []);
    await editor().screenshot(`${folder} sidebar`);
    await click('Reject');
    await says('idle');
  });

  it('asks for nothing while nothing happens, or while nobody sees it', async () => {
    const { page } = editor();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.waitForTimeout(1500);
    assert.deepEqual(
      asked.filter((url) => url.includes('microsip-phone')),
      [],
    );
  });

  it('asks once for a phone that is gone, as during a deploy, and not without end', async () => {
    const { page } = editor();
    const { session } = (await nodeRed().json('/microsip-phone/sidebar')) as { session: string };
    let asked = 0;
    await page.route('**/microsip-phone/sidebar*', (route) => {
      asked += 1;
      return route.fulfill({ json: { session, phones: [] } });
    });
    await post('simulate', { action: 'incoming', number: '1001' });
    await says('ringing');
    await page.waitForTimeout(1000);
    assert.ok(asked > 0 && asked < 10, `${asked} times`);
    await page.unroute('**/microsip-phone/sidebar*');
    await post('simulate', { action: 'hangup' });
    await says('idle');
  });

  it('finds the phone among the configuration nodes, and a flow that is gone or back', async () => {
    const { page } = editor();
    await click('Show this phone among the configuration nodes');
    await page.locator('.red-ui-sidebar-node-config-list:visible').first().waitFor();
    await invoke('microsip:show-sidebar');
    await nodeRed().post('/flows', [{ id: 'tab', type: 'tab', label: 'Empty' }]);
    await page.getByText('There are no phones in the running flows').waitFor();
    await nodeRed().post('/flows', DEMO);
    await says('idle');
  });

  it('shows states but offers nothing to who may only look', async () => {
    const { page } = editor();
    await page.reload();
    await page.locator('.red-ui-palette-node').first().waitFor();
    await page.evaluate(() => {
      const { user } = (window as unknown as { RED: Editor }).RED;
      user.hasPermission = (permission) => permission === 'status.read';
    });
    await nodeRed().post('/flows', [{ id: 'tab', type: 'tab', label: 'Empty' }]);
    await invoke('microsip:show-sidebar');
    await page.getByText('There are no phones in the running flows').waitFor();
    await nodeRed().post('/flows', DEMO);
    await says('idle');
    await post('simulate', { action: 'incoming', number: '+4930123456', name: 'Ada' });
    await says('ringing');
    assert.doesNotMatch((await page.locator(SIDEBAR).textContent()) ?? '', /Ada|123456/);
    await post('simulate', { action: 'hangup' });
    await says('idle');
  });
});
