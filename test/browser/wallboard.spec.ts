import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { ScriptedAgent } from '../nodes/scripted-agent';
import { ROOT } from '../support/checkout';
import { eventually } from '../support/eventually';
import { exampleFlow, startNodeRed } from '../support/example-flow';
import { useMosquitto } from '../support/mosquitto';
import type { NodeRedProcess } from '../support/node-red-process';
import { seriousProblems } from './accessibility';
import { browserFor } from './browser';

const HOSTILE = `<img src=x onerror="document.title='taken'"><b>Ada</b>{{ 1 + 1 }}`;
const DARK = { surface: '#10202f', primary: '#4a90d9', bgPage: '#0b1118', groupBg: '#16202b', groupOutline: '#33414f' };

describe('the wallboard on the dashboard', function () {
  this.timeout(120_000);
  const mosquitto = useMosquitto();
  let nodeRed: NodeRedProcess | undefined;
  let page: Page;
  let flow: Record<string, unknown>[];
  let agents: ScriptedAgent[] = [];
  const userDir = mkdtempSync(join(tmpdir(), 'microsip-wallboard-'));

  before(async function () {
    const browser = await browserFor(this);
    const { url, port } = mosquitto();
    agents = await Promise.all([1, 2, 3, 4].map((n) => ScriptedAgent.start(url, { id: `d${n}`, name: `Desk ${n}` })));
    nodeRed = await startNodeRed({ dashboard: true, userDir });
    flow = exampleFlow('Fleet - wallboard on the dashboard');
    for (const node of flow)
      if (node['type'] === 'mqtt-broker') Object.assign(node, { broker: '127.0.0.1', port: String(port) });
    await deploy();
    page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    page.setDefaultTimeout(30_000);
    await open();
    mkdirSync(join(ROOT, 'build', 'screenshots'), { recursive: true });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await screenshot(`wallboard ${this.currentTest.title}`);
  });
  after(async () => {
    await (page as Page | undefined)?.close();
    await nodeRed?.stop();
    for (const agent of agents) await agent.die();
    rmSync(userDir, { recursive: true, force: true, maxRetries: 5 });
  });

  const running = (): NodeRedProcess => nodeRed ?? assert.fail();
  const deploy = (): Promise<void> => running().post('/flows', flow);
  const open = async (): Promise<void> => {
    await eventually(() =>
      running()
        .text('/dashboard/wallboard')
        .catch(() => undefined),
    );
    await page.goto(`${running().url}/dashboard/wallboard`);
    await page.locator('.board').waitFor();
  };
  const desk = (n: number): ScriptedAgent => agents[n - 1] ?? assert.fail();
  const list = (name: string): Locator => page.getByRole('region', { name, exact: true }).getByRole('listitem');
  const call = (text: string): Locator => list('Calls').filter({ hasText: text });
  const figure = (title: string): Locator => page.locator('.counts > div').filter({ hasText: title }).locator('dd');
  const counts = (title: string, value: string): Promise<void> =>
    figure(title).first().filter({ hasText: value }).waitFor();
  const screenshot = (name: string): Promise<unknown> =>
    page.screenshot({ path: join(ROOT, 'build', 'screenshots', `${name}.png`) });
  const talk = (n: number, callId: string, minutes: number, more: object = {}): Promise<void> => {
    const time = new Date(Date.now() - minutes * 60_000).toISOString();
    const facts = { callId, direction: 'inbound', callState: 'connected', startTime: time, answerTime: time, ...more };
    return tell(n, facts);
  };
  /** As an agent does it: the event, and how things stand then. */
  const tell = async (n: number, facts: object): Promise<void> => {
    await desk(n).event('answered', { ...facts, state: 'connected' });
    await desk(n).stand({ state: 'connected', calls: [facts], ...facts });
  };
  /** Where something is wider than the screen, or than what it is in. */
  const tooWide = (): Promise<string[]> =>
    page.evaluate(() => {
      const all = Array.from(document.querySelectorAll('.board, .board *'));
      const wide = all.filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1);
      return [
        ...wide.map(({ className, textContent }) => `${className}: ${textContent}`),
        ...(document.documentElement.scrollWidth > window.innerWidth ? ['the page'] : []),
      ];
    });

  it('shows a page that is opened all that stands', async () => {
    await counts('Free', '4');
    await counts('Missed today', '8');
    await page.getByText('No calls.').waitFor();
    await page.getByText('All desks are there.').waitFor();
    assert.equal(await figure('Longest call').first().textContent(), '–');
  });

  it('shows a call as soon as it comes, with desk, caller and since when', async () => {
    await desk(1).incoming('+4930123456');
    const row = call('Desk 1').filter({ hasText: 'Ringing since' });
    await row.filter({ hasText: 'Ada' }).filter({ hasText: '+4930123456' }).waitFor();
    await counts('Ringing', '1');
    await desk(1).stand({ state: 'idle', calls: [] });
    await row.waitFor({ state: 'detached' });
  });

  it('shows the longest call, and counts on by itself', async () => {
    await talk(1, 'a', 3, { number: '1005', name: 'Grace' });
    await talk(2, 'b', 75, { number: '1006' });
    await counts('In a call', '2');
    const longest = figure('Longest call').first();
    await longest.filter({ hasText: /^1:15:0\d$/ }).waitFor();
    assert.equal(await figure('Longest call').last().textContent(), 'Desk 2');
    const before = await longest.textContent();
    await eventually(async () => (await longest.textContent()) !== before || undefined);
  });

  it('does not flicker: what stands stays the same elements, whatever else comes', async () => {
    await call('Desk 1').waitFor();
    await page.evaluate(() => {
      const count = { changes: 0 };
      Object.assign(window, { count });
      const rows = Array.from(document.querySelectorAll('.list li'));
      // Texts are taken out and put in, which nobody sees.
      for (const row of rows)
        new MutationObserver((changes) => {
          for (const { type, addedNodes, removedNodes } of changes) {
            const nodes = [...Array.from(addedNodes), ...Array.from(removedNodes)];
            if (type === 'attributes' || nodes.some(({ nodeType }) => nodeType !== Node.TEXT_NODE)) count.changes++;
          }
        }).observe(row, { childList: true, attributes: true, subtree: true });
      Object.assign(window, { rows });
    });
    await talk(3, 'c', 0, { number: '1007' });
    await call('Desk 3').waitFor();
    await desk(3).stand({ state: 'idle', calls: [] });
    await call('Desk 3').waitFor({ state: 'detached' });
    const { changes, isThere } = await page.evaluate(() => {
      const { count, rows } = window as unknown as { count: { changes: number }; rows: Element[] };
      return { changes: count.changes, isThere: rows.map(({ isConnected }) => isConnected) };
    });
    assert.deepEqual([changes, isThere], [0, [true, true]]);
  });

  it('tells who is offline, and why', async () => {
    await desk(4).die();
    await list('Offline').filter({ hasText: 'Desk 4' }).filter({ hasText: 'PC or agent is off' }).waitFor();
    await desk(3).stand({ state: 'offline', calls: [], problem: 'not_running' });
    await list('Offline').filter({ hasText: 'Desk 3' }).filter({ hasText: 'MicroSIP is closed' }).waitFor();
    await counts('Offline', '2');
  });

  it('notes who is not to be disturbed, for whom messages wait, and what is wrong', async () => {
    const voicemail = { waiting: true, new: 1 };
    await desk(2).stand({ state: 'idle', calls: [], features: { dnd: true }, voicemail });
    await desk(1).stand({ state: 'idle', calls: [], problem: 'blocked', problemText: HOSTILE });
    await list('Notes').filter({ hasText: 'Desk 2' }).filter({ hasText: 'do not disturb · 1 new message' }).waitFor();
    await list('Notes').filter({ hasText: 'a message box waits' }).filter({ hasText: HOSTILE }).waitFor();
    assert.deepEqual(await tooWide(), []);
    await desk(2).stand({ state: 'idle', calls: [] });
    await desk(1).stand({ state: 'idle', calls: [] });
    await list('Notes').first().waitFor({ state: 'detached' });
  });

  it('shows the names of callers as they are, whatever they contain', async () => {
    await talk(1, 'h', 1, { number: '1008', name: HOSTILE });
    const name = call('1008').locator('.caller');
    await name.waitFor();
    assert.equal(await name.textContent(), HOSTILE.slice(0, 80));
    assert.equal(await page.locator('.board img, .board b').count(), 0);
    assert.notEqual(await page.title(), 'taken');
  });

  it('keeps number and desk in their places beside names that run from right to left', async () => {
    const name = '\u202Eשלום';
    await talk(2, 'r', 1, { number: '+97221234567', name });
    const row = call('+97221234567');
    await row.waitFor();
    const caller = await row.locator('.caller').boundingBox();
    const number = await row.locator('.number').boundingBox();
    assert.ok(caller && number && caller.x + caller.width <= number.x);
    const [first = 0, last = 0] = await row.locator('.number').evaluate((element) => {
      const text = element.firstChild ?? element;
      const { length } = text.textContent ?? '';
      return [0, length - 1].map((start) => {
        const range = document.createRange();
        range.setStart(text, start);
        range.setEnd(text, start + 1);
        return range.getBoundingClientRect().left;
      });
    });
    assert.ok(first < last, 'the + stands behind the number');
  });

  for (const width of [360, 800, 2560])
    it(`fits into ${width} pixels, however long the names are`, async () => {
      await page.setViewportSize({ width, height: 900 });
      await talk(1, 'w', 1, { number: '1009', name: 'W'.repeat(250) });
      await talk(2, 'n', 1, { number: '9'.repeat(200), name: 'M'.repeat(250) });
      await call('1009').waitFor();
      await call('99999').waitFor();
      assert.deepEqual(await tooWide(), []);
      const number = call('1009').locator('.number');
      assert.equal(await number.evaluate((one) => one.scrollWidth > one.clientWidth), false, 'the number is cut');
      await screenshot(`wallboard ${width}`);
    });

  it('has no serious accessibility problem', async () => {
    await page.setViewportSize({ width: 1400, height: 900 });
    assert.deepEqual(await seriousProblems(page, '.board'), []);
  });

  it('can be read on a dark theme', async () => {
    for (const node of flow) if (node['type'] === 'ui-theme') node['colors'] = DARK;
    await deploy();
    await open();
    await call('1009').waitFor();
    const background = await page
      .locator('.board')
      .evaluate((one) => getComputedStyle(one.closest('.v-card') ?? one).backgroundColor);
    assert.equal(background, 'rgb(22, 32, 43)');
    await screenshot('wallboard dark');
    assert.deepEqual(await seriousProblems(page, '.board'), []);
  });

  it('says that the broker is lost, and shows no calls then', async () => {
    await mosquitto().stop();
    await page.getByRole('status').filter({ hasText: 'no connection to the broker' }).waitFor();
    assert.equal(await list('Calls').count(), 0);
    await counts('In a call', '–');
  });
});
