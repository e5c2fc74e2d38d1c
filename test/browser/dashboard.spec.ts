import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support/checkout';
import { eventually } from '../support/eventually';
import { exampleFlow, startNodeRed } from '../support/example-flow';
import type { NodeRedProcess } from '../support/node-red-process';
import { seriousProblems } from './accessibility';
import { browserFor } from './browser';
import { WidgetPage } from './widget-page';

const EXAMPLES = ['Dashboard - phone panel', "Dashboard - today's calls"];
const TAB = 'a4fcda444f5b68e4';
const DARK = { surface: '#101418', primary: '#8ab4f8', bgPage: '#16191d', groupBg: '#20242a', groupOutline: '#3a4048' };
const MARKUP = '<img src=x onerror=alert(1)>';
/** Some of it is shown. */
const LONG = 'W'.repeat(200);

describe('the phone on the dashboard', function () {
  this.timeout(120_000);
  let nodeRed: NodeRedProcess | undefined;
  let phone: string;
  let flow: Record<string, unknown>[];
  let one: WidgetPage;
  /** German, on a telephone's screen. */
  let two: WidgetPage;
  const userDir = mkdtempSync(join(tmpdir(), 'microsip-dashboard-'));

  before(async function () {
    const browser = await browserFor(this);
    const running = await startNodeRed({ dashboard: true, userDir });
    nodeRed = running;
    flow = exampleFlow(...EXAMPLES);
    const [shared, ...others] = flow.filter(({ type }) => type === 'microsip-phone');
    assert.deepEqual(others, [], 'the panel and the list have a phone each');
    assert.ok(shared);
    phone = String(shared['id']);
    // The tests dial faster than people do.
    shared['dialsPerSecond'] = 10;
    flow.push(
      { id: 'list', type: 'inject', z: TAB, once: true, props: [{ p: 'payload' }], ...CONTACTS, wires: [['book']] },
      { id: 'book', type: 'microsip-contacts', z: TAB, phone, refresh: 60, wires: [[]] },
    );
    await running.post('/flows', flow);
    await eventually(() => running.text('/dashboard/phone').catch(() => undefined));
    one = await WidgetPage.open(browser, running.url);
    two = await WidgetPage.open(browser, running.url, { locale: 'de-AT', width: 360, height: 1500 });
    mkdirSync(join(ROOT, 'build', 'screenshots'), { recursive: true });
  });
  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    for (const [name, { page }] of Object.entries({ one, two }))
      await page.screenshot({
        path: join(ROOT, 'build', 'screenshots', `dashboard ${name} ${this.currentTest.title.slice(0, 60)}.png`),
      });
  });
  after(async () => {
    // They would look for their server as long as the other tests run.
    for (const opened of [one, two] as (WidgetPage | undefined)[]) await opened?.page.close();
    await nodeRed?.stop();
    rmSync(userDir, { recursive: true, force: true, maxRetries: 5 });
  });

  const play = async (action: object): Promise<void> =>
    (nodeRed ?? assert.fail()).post('/microsip-phone/simulate', { phone, ...action });
  const rings = async (name: string, number = '+4930123456'): Promise<void> => {
    await play({ action: 'incoming', number, name });
    await one.call(name).waitFor();
  };
  const farEndHangsUp = async (): Promise<void> => {
    await play({ action: 'hangup' });
    await one.state('Ready').waitFor();
  };

  it('dials, tells who it is and how long it lasts, and sends the keys to the call', async () => {
    await one.field.fill('1001');
    await one.button('Call').click();
    await one.of('1001', 'Cancel').waitFor();
    await play({ action: 'answer' });
    await one.state('In a call').waitFor();
    await one
      .call('1001')
      .locator('time')
      .filter({ hasText: /0:0[1-9]/ })
      .waitFor();
    assert.equal(await one.field.inputValue(), '');
    await one.button('5').click();
    await one.button('#').click();
    assert.equal(await one.field.inputValue(), '');
    assert.equal(await one.failure.count(), 0);
  });

  it('shows the same in a second browser, in its own language, and does what is pressed there', async () => {
    await two.state('Im Gespräch').waitFor();
    assert.equal(await two.panel.getAttribute('lang'), 'de');
    await two.of('1001', 'Halten').click();
    await one.state('On hold').waitFor();
    await one.of('1001', 'Resume').click();
    await two.state('Im Gespräch').waitFor();
  });

  it('shows mute and level as they are, whoever changes them', async () => {
    await one.panel.getByRole('button', { name: 'Mute microphone' }).click();
    await two.panel.locator('button[aria-label="Mikrofon stumm"][aria-pressed="true"]').waitFor();
    await two.panel.getByRole('slider', { name: 'Lautstärke: Lautsprecher' }).fill('40');
    const level = (): Promise<string> => one.panel.getByRole('slider', { name: 'Speaker volume' }).inputValue();
    await eventually(async () => ((await level()) === '40' ? true : undefined));
    await two.panel.getByRole('button', { name: 'Mikrofon stumm' }).click();
    await one.panel.locator('button[aria-label="Mute microphone"][aria-pressed="false"]').waitFor();
  });

  it('goes on in the call when the page is loaded again, and when the flow is deployed', async () => {
    await one.page.reload();
    await one
      .call('1001')
      .locator('time')
      .filter({ hasText: /0:\d\d/ })
      .waitFor();
    const changed = flow.map((node) => (node['type'] === 'ui-microsip-phone' ? { ...node, label: 'Reception' } : node));
    await (nodeRed ?? assert.fail()).post('/flows', changed);
    await one.panel.locator('.mp-title').filter({ hasText: 'Reception' }).waitFor();
    await one.of('1001', 'Hold').click();
    await two.state('Gehalten').waitFor();
    await two.of('1001', 'Auflegen').click();
    await one.state('Ready').waitFor();
  });

  it('tells what became of a call, and calls back', async () => {
    await one.past('1001').filter({ hasText: 'Answered' }).waitFor();
    await one.page.locator('.mp').last().locator('.mp-row').filter({ hasText: '1001' }).waitFor();
    await one.past('1001').getByRole('button').click();
    await one.of('1001', 'Cancel').waitFor();
    await play({ action: 'busy' });
    await two.past('1001').filter({ hasText: 'Besetzt' }).waitFor();
  });

  it('offers contacts and last numbers while somebody types', async () => {
    await one.field.fill('lov');
    const offer = one.panel.getByRole('option', { name: /Ada Lovelace/ });
    await offer.waitFor();
    await one.field.press('ArrowDown');
    await one.field.press('Enter');
    assert.equal(await one.field.inputValue(), '+4930777');
    await one.field.fill('100');
    await one.panel.getByRole('option', { name: /1001/ }).click();
    assert.equal(await one.field.inputValue(), '1001');
    await one.field.fill('');
    await one.field.press('Escape');
  });

  it('has buttons for each call, which act on that one', async () => {
    await rings('Ada');
    await one.page.getByText('Incoming call from Ada').waitFor({ state: 'attached' });
    await one.of('Ada', 'Answer').click();
    await one.call('Ada').filter({ hasText: 'In a call' }).waitFor();
    await rings('Eve', '1007');
    await rings('Zoe', '1008');
    await one.of('Zoe', 'Answer').click();
    await one.call('Zoe').filter({ hasText: 'In a call' }).waitFor();
    await one.call('Eve').filter({ hasText: 'Incoming call' }).waitFor();
    await one.of('Eve', 'Reject').click();
    await one.call('Eve').waitFor({ state: 'detached' });
    await one.past('Eve').filter({ hasText: 'Rejected' }).waitFor();
    // In single-call mode MicroSIP ends the one call to take the other.
    await one.call('Ada').waitFor({ state: 'detached' });
    await one.of('Zoe', 'Transfer').click();
    await one.call('Zoe').locator('input').fill('1009');
    await one.call('Zoe').locator('.mp-transfer button[type="submit"]').click();
    await one.state('Ready').waitFor();
    await one.past('Zoe').waitFor();
  });

  it('keeps its form whatever a caller is called, in any language and at any width', async () => {
    await play({ action: 'incoming', number: '1005', name: 'W'.repeat(300) });
    await one.call(LONG).waitFor();
    await rings(MARKUP, '1006');
    await one.of(LONG, 'Answer').click();
    await one.call(LONG).filter({ hasText: 'In a call' }).waitFor();
    await two.call(LONG).filter({ hasText: 'Im Gespräch' }).waitFor();
    assert.equal(await one.panel.locator('img').count(), 0);
    for (const page of [one, two]) assert.deepEqual(await page.overflowing(), []);
    for (const width of [1200, 760, 420]) {
      await one.page.setViewportSize({ width, height: 860 });
      assert.deepEqual(await one.overflowing(), [], `${width}`);
    }
    await one.page.setViewportSize({ width: 1200, height: 860 });
    // They are spoken to as what they are, also by those who hear the page.
    assert.match((await one.of(MARKUP, 'Answer').getAttribute('aria-label')) ?? '', /<img/);
  });

  it('runs from right to left for those who read so', async () => {
    const browser = one.page.context().browser() ?? assert.fail();
    const arabic = await WidgetPage.open(browser, (nodeRed ?? assert.fail()).url, { locale: 'ar', width: 360 });
    assert.equal(await arabic.panel.getAttribute('dir'), 'rtl');
    assert.equal(await arabic.panel.getAttribute('lang'), 'en-US');
    const left = async (selector: string): Promise<number> =>
      (await arabic.panel.locator(selector).first().boundingBox())?.x ?? assert.fail();
    assert.ok((await left('.mp-badge')) > (await left('.mp-title')), 'the sign is not at the right');
    assert.ok((await left('.mp-key:nth-child(1)')) < (await left('.mp-key:nth-child(3)')), 'the keys run backwards');
    assert.deepEqual(await arabic.overflowing(), []);
    await arabic.page.close();
  });

  it('stands out from light and from dark colours', async () => {
    assert.deepEqual(await one.tooFaint(), []);
    const dark = flow.map((node) => (node['type'] === 'ui-theme' ? { ...node, colors: DARK } : node));
    await (nodeRed ?? assert.fail()).post('/flows', dark);
    await one.page.waitForFunction(() =>
      getComputedStyle(document.querySelector('.v-card') ?? document.body).backgroundColor.includes('32, 36, 42'),
    );
    assert.deepEqual(await one.tooFaint(), []);
    assert.deepEqual(await two.tooFaint(), []);
  });

  it('has no serious accessibility problem', async () => {
    for (const { page } of [one, two]) assert.deepEqual(await seriousProblems(page, '.mp'), []);
  });

  it('is used with the keyboard alone, which stays with the call', async () => {
    await one.of(MARKUP, 'Reject').focus();
    await one.page.keyboard.press('Enter');
    await one.call(MARKUP).waitFor({ state: 'detached' });
    await one.of(LONG, 'Hold').focus();
    await one.page.keyboard.press('Space');
    await one.state('On hold').waitFor();
    const focused = (): Promise<string> => one.page.evaluate(() => document.activeElement?.textContent.trim() ?? '');
    assert.equal(await focused(), 'Resume');
    await one.page.keyboard.press('Tab');
    await one.page.keyboard.press('Tab');
    assert.equal(await focused(), 'Hang up');
    const outline = await one.page.evaluate(
      () => getComputedStyle(document.activeElement ?? document.body).outlineWidth,
    );
    assert.equal(outline, '3px');
    await one.page.keyboard.press('Enter');
    await one.state('Ready').waitFor();
    await one.field.focus();
    await one.page.keyboard.type('1002');
    await one.page.keyboard.press('Enter');
    await one.of('1002', 'Cancel').waitFor();
    await one.of('1002', 'Cancel').focus();
    await one.page.keyboard.press('Enter');
    await one.state('Ready').waitFor();
  });

  it('says what could not be done to the one who wanted it, in their language', async () => {
    await two.field.fill('12 for ever');
    await two.field.press('Enter');
    await two.failure.filter({ hasText: 'U+0020' }).waitFor();
    assert.doesNotMatch((await two.failure.textContent()) ?? '', /cannot/);
    assert.equal(await one.failure.count(), 0);
    await two.failure.getByRole('button', { name: 'Schließen' }).click();
    await two.failure.waitFor({ state: 'detached' });
    await two.field.fill('');
  });

  it('switches do not disturb, and tells of voicemail', async () => {
    await one.panel.getByRole('switch', { name: 'Do not disturb' }).click();
    await two.panel.locator('[role="switch"][aria-checked="true"]').waitFor();
    await two.panel.getByRole('switch').click();
    await one.panel.locator('[role="switch"][aria-checked="false"]').waitFor();
    await play({ action: 'voicemail', new: 3 });
    await one.panel.getByText('New voicemail: 3').waitFor();
  });

  it('tells what is wrong with the phone and what to do, and when it works again', async () => {
    await play({ action: 'unregister' });
    await one.problem.filter({ hasText: 'not registered' }).waitFor();
    await play({ action: 'register' });
    await one.problem.waitFor({ state: 'detached' });
    await play({ action: 'crash' });
    await one.problem.filter({ hasText: 'MicroSIP is not running. Start it' }).waitFor();
    assert.equal(await one.button('1').isDisabled(), true);
    await play({ action: 'restart' });
    await one.state('Ready').waitFor();
  });

  it('takes a number for the dial field from the flow, but nothing that looks like a command', async () => {
    const running = nodeRed ?? assert.fail();
    const inject = (id: string, fields: object): object => ({
      ...{ id, type: 'inject', z: TAB, payload: '', payloadType: 'str', wires: [['e5113e4dcb5af944']] },
      ...fields,
    });
    const command = { request: 'x', language: 'en', command: { type: 'dial', number: '666' } };
    const smuggled = [{ p: 'microsip', v: JSON.stringify(command), vt: 'json' }];
    await running.post('/flows', [
      ...flow,
      inject('number', { payload: '1010', props: [{ p: 'payload' }] }),
      inject('smuggler', { props: smuggled }),
    ]);
    // The flows are answered for before they all run.
    await eventually(() =>
      running.post('/inject/smuggler', {}).then(
        () => true,
        () => undefined,
      ),
    );
    // A browser that is only connecting again after the deploy misses it.
    await eventually(async () => {
      await running.post('/inject/number', {});
      return (await one.field.inputValue()) === '1010' ? true : undefined;
    });
    assert.equal(await one.call('666').count(), 0);
    await rings('Bob', '1005');
    await farEndHangsUp();
    await one.past('Bob').filter({ hasText: 'Missed' }).waitFor();
    assert.equal(await one.past('666').count(), 0);
  });
});

const CONTACTS = {
  payloadType: 'json',
  payload: JSON.stringify([
    { name: 'Ada Lovelace', number: '+4930777' },
    { name: 'Bob', number: '1005' },
  ]),
};
