import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { ROOT } from '../support/checkout';
import { eventually } from '../support/eventually';
import { exampleFlow, startNodeRed } from '../support/example-flow';
import type { NodeRedProcess } from '../support/node-red-process';
import { seriousProblems } from './accessibility';
import { browserFor } from './browser';

const EXAMPLES = ['Dashboard - phone panel', "Dashboard - today's calls"];

describe('the phone panel on the dashboard', function () {
  this.timeout(120_000);
  let nodeRed: NodeRedProcess | undefined;
  let page: Page;
  let phone: unknown;
  const userDir = mkdtempSync(join(tmpdir(), 'microsip-dashboard-'));

  before(async function () {
    const browser = await browserFor(this);
    const running = await startNodeRed({ dashboard: true, userDir });
    nodeRed = running;
    const flow = exampleFlow(...EXAMPLES);
    const [shared, ...others] = flow.filter(({ type }) => type === 'microsip-phone');
    assert.deepEqual(others, [], 'the panel and the table have a phone each');
    assert.ok(shared);
    phone = shared['id'];
    // The tests dial faster than people do.
    shared['dialsPerSecond'] = 10;
    await running.post('/flows', flow);
    page = await browser.newPage({ viewport: { width: 1200, height: 760 } });
    page.setDefaultTimeout(30_000);
    await eventually(() => running.text('/dashboard/phone').catch(() => undefined));
    await page.goto(`${running.url}/dashboard/phone`);
    await state('Ready');
    mkdirSync(join(ROOT, 'build', 'screenshots'), { recursive: true });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await screenshot(`dashboard ${this.currentTest.title}`);
  });
  after(async () => {
    // It would look for its server as long as the other tests run.
    await (page as Page | undefined)?.close();
    await nodeRed?.stop();
    rmSync(userDir, { recursive: true, force: true, maxRetries: 5 });
  });

  const button = (name: string): Locator => page.getByRole('button', { name, exact: true });
  const status = (): Locator => page.locator('.phone [role="status"]');
  const problem = (): Locator => page.locator('.phone .problem');
  const state = (text: string): Promise<void> => status().filter({ hasText: text }).waitFor();
  const muted = (is: boolean): Promise<void> =>
    page.locator(`button[aria-pressed="${is}"]`, { hasText: 'Mute' }).waitFor();
  const screenshot = (name: string): Promise<unknown> =>
    page.screenshot({ path: join(ROOT, 'build', 'screenshots', `${name}.png`) });
  const play = async (action: object): Promise<void> =>
    (nodeRed ?? assert.fail()).post('/microsip-phone/simulate', { phone, ...action });

  const takeCall = async (): Promise<void> => {
    await play({ action: 'incoming', number: '1005' });
    await state('Somebody calls');
    await button('Answer').click();
    await state('In a call');
  };
  const farEndHangsUp = async (): Promise<void> => {
    await play({ action: 'hangup' });
    await state('Ready');
  };

  it('dials by button, the far end answers, and the panel shows it', async () => {
    for (const digit of '1001') await button(digit).click();
    assert.equal(await page.getByLabel('Number').inputValue(), '1001');
    await button('Dial').click();
    await state('Dialling');
    await play({ action: 'answer' });
    await state('In a call');
    assert.match((await status().textContent()) ?? '', /1001/);
    await status()
      .filter({ hasText: /0:0[1-9]/ })
      .waitFor();
    assert.equal(await button('Dial').isDisabled(), true);
  });

  it('holds and mutes, and says so', async () => {
    await button('Mute').click();
    await muted(true);
    await button('Hold').click();
    await state('On hold');
    await screenshot('dashboard held');
    await button('Hold').click();
    await state('In a call');
    await button('Mute').click();
    await muted(false);
  });

  it('shows the same after a reload, also how long the call has been', async () => {
    await page.reload();
    await state('In a call');
    assert.match((await status().textContent()) ?? '', /1001.*\d:\d\d/);
  });

  it('hangs up, and the call appears among those of today', async () => {
    await play({ action: 'network', lossPercent: 12, packets: 1000 });
    await button('Hang up').click();
    await state('Ready');
    const row = page.getByRole('row').filter({ hasText: '1001' }).filter({ hasText: 'answered' });
    await row.filter({ hasText: 'MOS 3.2' }).waitFor();
    await play({ action: 'network' });
  });

  it('picks up a caller, whatever they are called', async () => {
    await play({ action: 'incoming', number: '+4930123456', name: '<img src=x onerror=alert(1)>' });
    await state('Somebody calls');
    assert.match((await status().textContent()) ?? '', /<img src=x onerror=alert\(1\)> \(\+4930123456\)/);
    assert.equal(await page.locator('.phone img').count(), 0);
    await screenshot('dashboard ringing');
    await button('Answer').click();
    await state('In a call');
    await button('5').click();
    assert.equal(await page.getByLabel('Number').inputValue(), '');
    await farEndHangsUp();
  });

  it('tells that the microphone is still muted in the next call', async () => {
    await takeCall();
    await button('Mute').click();
    await muted(true);
    await farEndHangsUp();
    await takeCall();
    await muted(true);
    await button('Mute').click();
    await muted(false);
    await farEndHangsUp();
  });

  it('shows in a page that is opened later that the microphone is muted, and unmutes it', async () => {
    await takeCall();
    await button('Mute').click();
    await muted(true);
    await button('Hold').click();
    await state('On hold');
    await page.reload();
    await state('On hold');
    await muted(true);
    await button('Mute').click();
    await muted(false);
    await farEndHangsUp();
  });

  it('lists all calls, and each button acts on its own one', async () => {
    await takeCall();
    await play({ action: 'incoming', number: '1006', name: 'Bob' });
    await state('Somebody calls');
    const call = (name: string): Locator => page.locator('.phone .calls > li', { hasText: name });
    const of = (name: string, what: string): Locator => call(name).getByRole('button', { name: what, exact: true });
    assert.equal(await of('1005', 'Answer').isDisabled(), true);
    await of('1005', 'Hold').click();
    await call('1005').filter({ hasText: 'On hold' }).waitFor();
    await of('1005', 'Hold').click();
    await call('1005').filter({ hasText: 'In a call' }).waitFor();
    await button('Mute').click();
    await muted(true);
    await button('Mute').click();
    await muted(false);
    await screenshot('dashboard two calls');
    await of('Bob', 'Hang up').click();
    await state('In a call');
    assert.match((await status().textContent()) ?? '', /1005/);
    await play({ action: 'incoming', number: '1007', name: 'Eve' });
    await play({ action: 'incoming', number: '1008', name: 'Zoe' });
    await of('Zoe', 'Answer').click();
    await state('Somebody calls');
    await call('Zoe').filter({ hasText: 'In a call' }).waitFor();
    await call('Eve').filter({ hasText: 'Somebody calls' }).waitFor();
    await of('Eve', 'Hang up').click();
    await farEndHangsUp();
  });

  it('says what became of a call: the far end was busy', async () => {
    await page.getByLabel('Number').fill('1001');
    await button('Dial').click();
    await state('Dialling');
    await play({ action: 'busy' });
    await state('Ready');
    assert.match((await status().textContent()) ?? '', /Busy: +1001/);
    await page.getByLabel('Number').fill('');
  });

  it('tells the number of a call that is over, however long a name is, and in whatever script', async () => {
    const name = `שלום ${'W'.repeat(200)}`;
    await play({ action: 'incoming', number: '+97221234567', name });
    await state('Somebody calls');
    await farEndHangsUp();
    const number = status().getByText('(+97221234567)', { exact: true });
    // In one run of text with the name, the + would be shown behind the number, and both would be cut off.
    assert.ok(await number.isVisible());
    const { bottom, end } = await number.evaluate((element) => ({
      bottom: element.getBoundingClientRect().bottom,
      end: element.closest('[role="status"]')?.getBoundingClientRect().bottom ?? 0,
    }));
    assert.ok(bottom <= end + 1);
  });

  it('keeps all keys on a small screen, however long a name is', async () => {
    await page.setViewportSize({ width: 375, height: 760 });
    await play({ action: 'incoming', number: '1005', name: 'W'.repeat(250) });
    await state('Somebody calls');
    await screenshot('dashboard small');
    const right = await page.locator('.phone').evaluate((panel) => {
      return Math.max(
        ...Array.from(panel.querySelectorAll('button, p, input')).map((one) => one.getBoundingClientRect().right),
      );
    });
    assert.ok(right <= 375, `something ends at ${right}`);
    await button('Hang up').click();
    await state('Ready');
    await page.setViewportSize({ width: 1200, height: 760 });
  });

  it('says what could not be done', async () => {
    await page.getByLabel('Number').fill('12 for ever');
    await page.getByLabel('Number').press('Enter');
    await page.getByRole('alert').filter({ hasText: 'cannot be dialled' }).waitFor();
    assert.match((await problem().textContent()) ?? '', /^This cannot be dialled/);
    await page.getByLabel('Number').fill('');
  });

  it('shows missed calls in the table and the chart', async () => {
    await play({ action: 'incoming', number: '1005', name: 'Bob' });
    await state('Somebody calls');
    assert.equal(await problem().textContent(), '', 'what was wrong before is not wrong with this call');
    await play({ action: 'hangup' });
    await page.getByRole('row').filter({ hasText: 'Bob' }).filter({ hasText: 'missed' }).waitFor();
    assert.ok((await page.locator('.nrdb-ui-chart canvas, .nrdb-ui-chart svg').count()) > 0, 'there is no chart');
    // The bars grow.
    await page.waitForTimeout(1500);
    await screenshot('dashboard');
  });

  it('can be used with the keyboard alone', async () => {
    await page.reload();
    await state('Ready');
    await page.getByLabel('Number').focus();
    await page.keyboard.type('1002');
    const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.textContent.trim() ?? '');
    for (let presses = 0; (await focused()) !== 'Dial'; presses++) {
      assert.ok(presses < 30, 'the tab key never comes to Dial');
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Space');
    await state('Dialling');
    await button('Hang up').focus();
    await page.keyboard.press('Enter');
    await state('Ready');
  });

  it('does with the enter key what the button says, and only once', async () => {
    await page.getByLabel('Number').fill('');
    for (const digit of '1003') {
      await button(digit).focus();
      await page.keyboard.press('Enter');
    }
    assert.equal(await page.getByLabel('Number').inputValue(), '1003');
    await state('Ready');
    await button('Dial').focus();
    await page.keyboard.press('Enter');
    await state('Dialling');
    await page.getByLabel('Number').focus();
    await page.keyboard.press('Enter');
    await play({ action: 'answer' });
    await state('In a call');
    assert.equal(await problem().textContent(), '');
    await farEndHangsUp();
    await page.getByLabel('Number').press('Enter');
    await state('Dialling');
    await button('Hang up').click();
    await state('Ready');
  });

  it('has no serious accessibility problem', async () => {
    assert.deepEqual(await seriousProblems(page, 'main'), []);
  });
});
