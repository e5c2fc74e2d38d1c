// The pictures of the documentation, from running editors and dashboards:  node scripts/screenshots.mjs [demo|dashboard|fleet …]
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { launchChromium } from './lib/chromium.mjs';
import { BOARD } from './lib/fleet-demo/wallboard.mjs';
import { ROOT } from './lib/paths.mjs';
import { run } from './lib/process.mjs';

/**
 * @typedef {import('playwright-core').Page} Page
 * @typedef {{ id: string, type: string }} FlowNode
 */

const PORT = '1899';
const MQTT_PORT = '1898';
const URL = `http://127.0.0.1:${PORT}`;
const IMAGES = join(ROOT, 'docs/images');
/** With the demo's flow between palette and sidebar. */
const EDITOR = { width: 1730, height: 640 };
/** A little more than the demo lets a call ring. */
const RINGS = 3600;
const TRAY_SLIDES = 700;
/** Calls at a time, of ten desks, that show what a wallboard is for; and those of them in which somebody talks. */
const MANY_CALLS = 5;
const TALKING = 2;

/** @type {Record<string, () => Promise<void>>} */
const SETS = {
  demo: () => withExamples(['Demo - a call from ring to log'], demo),
  dashboard: () => withExamples(['Dashboard - phone panel'], dashboard),
  fleet: () => withFleet(fleet),
};
const given = process.argv.slice(2);
const unknown = given.filter((name) => !Object.hasOwn(SETS, name));
if (unknown.length > 0) throw new Error(`There are no pictures ${unknown.join(', ')}.`);

mkdirSync(IMAGES, { recursive: true });
if ((await run(process.execPath, ['scripts/build.mjs'])) !== 0) throw new Error('The build failed: see above.');
const browser = await launchChromium();
try {
  for (const [name, make] of Object.entries(SETS)) if (given.length === 0 || given.includes(name)) await make();
} finally {
  await browser.close();
}

async function demo() {
  const page = await openEditor();
  await page.keyboard.press('Control+g');
  await page.keyboard.press('d');
  await page.locator('.red-ui-flow-node-button-button').first().click();
  await page.waitForTimeout(RINGS);
  await picture(page, 'demo-flow');
  await page.evaluate("RED.actions.invoke('microsip:show-sidebar')");
  await page.locator('.microsip-calls li').waitFor();
  await page.getByText('Play the far end').click();
  await page.waitForTimeout(TRAY_SLIDES);
  await picture(page, 'sidebar');
  await page.waitForTimeout(RINGS);

  await openNode(page, 'microsip-status');
  await picture(page, 'call-status');
  await page.locator('#node-input-btn-phone-edit').click();
  await page.waitForTimeout(TRAY_SLIDES);
  await page.setViewportSize({ width: EDITOR.width, height: 930 });
  await page.locator('#microsip-test').click();
  await page.locator('#microsip-test-result .fa-check').waitFor();
  await page.locator('#microsip-console-name').fill('Ada');
  await page.locator('#microsip-console button[value="incoming"]').click();
  await page.locator('#microsip-console-result .fa-phone').waitFor();
  await picture(page, 'phone-settings');
  await page.close();
}

async function dashboard() {
  const page = await browser.newPage({ viewport: { width: 1200, height: 720 }, locale: 'en-US' });
  await whenThere(page, `${URL}/dashboard/phone`, '.mp-state');
  /** @param {string} text */
  const state = (text) => page.locator('.mp-state', { hasText: text }).first().waitFor();
  /** @param {string} name */
  const press = (name) => page.getByRole('button', { name }).first().click();
  await state('Ready');
  await play({ action: 'incoming', number: '+442079460123', name: 'Grace Hopper' });
  await state('Incoming call');
  await play({ action: 'hangup' });
  await state('Ready');
  await page.getByLabel('Name or number').first().fill('1001');
  await press('Call');
  await state('Dialing');
  await play({ action: 'answer' });
  await state('In a call');
  await page.waitForTimeout(2000);
  await press('Hang up: 1001');
  await state('Ready');
  await play({ action: 'incoming', number: '+4930123456', name: 'Ada Lovelace' });
  await press('Answer: Ada Lovelace');
  await state('In a call');
  await page.waitForTimeout(2500);
  await play({ action: 'incoming', number: '1005', name: 'Bob' });
  await state('Incoming call');
  await page.mouse.move(0, 0);
  await page.waitForTimeout(1200);
  await picture(page, 'dashboard');
  await page.close();
}

async function fleet() {
  const board = await browser.newPage({ viewport: { width: 1200, height: 680 } });
  await whenThere(board, `${URL}${BOARD}`, '.board');
  const calls = (more = '') => board.locator(`section[aria-label="Calls"] li${more}`);
  await calls('.connected')
    .nth(TALKING - 1)
    .waitFor({ timeout: 120_000 });
  await calls()
    .nth(MANY_CALLS - 1)
    .waitFor({ timeout: 120_000 });
  await picture(board, 'fleet-wallboard');
  await board.close();
  const editor = await openEditor();
  // The flow is wider than what the sidebar leaves.
  await editor.keyboard.press('Control+Space');
  await editor.waitForTimeout(TRAY_SLIDES);
  await picture(editor, 'fleet-flow');
  await editor.close();
}

/**
 * A Node-RED of its own with these examples, on one simulated phone.
 * @param {string[]} examples
 * @param {() => Promise<void>} show
 */
function withExamples(examples, show) {
  return withProgram((userDir) => {
    writeFileSync(join(userDir, 'flows.json'), JSON.stringify(flowOf(examples)));
    const settings = join(ROOT, 'scripts/lib/node-red-settings.cjs');
    return [join(ROOT, 'node_modules/node-red/red.js'), '--settings', settings, '--userDir', userDir];
  }, show);
}

/**
 * `npm run demo:fleet`.
 * @param {() => Promise<void>} show
 */
function withFleet(show) {
  return withProgram((folder) => [join(ROOT, 'scripts/demo-fleet.mjs'), '--no-build', '--folder', folder], show);
}

/**
 * @param {(folder: string) => string[]} argsFor a script and its arguments, for a folder of its own
 * @param {() => Promise<void>} show
 */
async function withProgram(argsFor, show) {
  const folder = mkdtempSync(join(tmpdir(), 'microsip-pictures-'));
  const program = spawn(process.execPath, argsFor(folder), {
    env: { ...process.env, PORT, MQTT_PORT },
    stdio: 'inherit',
  });
  try {
    await show();
  } finally {
    const ended = new Promise((resolve) => program.once('exit', resolve));
    program.kill('SIGINT');
    await ended;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * Examples side by side, with the phone that they share once, as the editor imports them.
 * @param {string[]} examples
 */
function flowOf(examples) {
  const nodes = examples.flatMap(
    (name) => /** @type {FlowNode[]} */ (JSON.parse(readFileSync(join(ROOT, 'examples', `${name}.json`), 'utf8'))),
  );
  return [...new Map(nodes.map((node) => [node.id, node])).values()];
}

/** @param {object} action of the simulator node */
async function play(action) {
  const phone = await deployedNode('microsip-phone');
  await fetch(`${URL}/microsip-phone/simulate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ phone, ...action }),
  });
}

async function openEditor() {
  const page = await browser.newPage({ viewport: EDITOR, locale: 'en-US' });
  await whenThere(page, URL, '.red-ui-flow-node');
  await page.waitForTimeout(1500);
  return page;
}

/** @param {string} type */
async function deployedNode(type) {
  const answer = await fetch(`${URL}/flows`);
  const flow = /** @type {FlowNode[]} */ (await answer.json());
  const node = flow.find((one) => one.type === type);
  if (!node) throw new Error(`There is no ${type} in the flow.`);
  return node.id;
}

/**
 * @param {Page} page
 * @param {string} type
 */
async function openNode(page, type) {
  const id = await deployedNode(type);
  await page.locator(`g[id="${id}"] rect.red-ui-flow-node`).dblclick();
  await page.waitForTimeout(TRAY_SLIDES);
}

/**
 * @param {Page} page
 * @param {string} url
 * @param {string} selector
 */
async function whenThere(page, url, selector) {
  for (let attempt = 0; ; attempt++) {
    try {
      await page.goto(url);
      await page.waitForSelector(selector, { timeout: 20_000 });
      return;
    } catch (error) {
      if (attempt === 60) throw error;
      await sleep(500);
    }
  }
}

/**
 * @param {Page} page
 * @param {string} name
 */
function picture(page, name) {
  return page.screenshot({ path: join(IMAGES, `${name}.png`) });
}
