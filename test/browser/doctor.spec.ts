import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support/checkout';
import { NodeRedProcess } from '../support/node-red-process';
import { browserFor } from './browser';
import { EditorPage, type Dialog } from './editor-page';

const INI = ['[Settings]', 'singleMode=1', 'enableLog=0', 'cmdCallEnd="C:\\crm.exe <b>x</b>"', '[Account1]', ''].join(
  '\r\n',
);
const FLOW = [
  { id: 'tab', type: 'tab', label: 'Phone' },
  { id: 'phone', type: 'microsip-phone', name: 'Desk 1', connection: 'simulator', pollInterval: 250, timeout: 2000 },
  { id: 'dial', type: 'microsip-dial', z: 'tab', phone: 'phone', x: 200, y: 60, wires: [[]] },
  {
    id: 'asked',
    type: 'http in',
    z: 'tab',
    url: '/microsip/contacts',
    method: 'get',
    x: 100,
    y: 120,
    wires: [['list']],
  },
  { id: 'list', type: 'change', z: 'tab', rules: [], x: 250, y: 120, wires: [['contacts']] },
  { id: 'contacts', type: 'microsip-contacts', z: 'tab', phone: 'phone', x: 400, y: 120, wires: [[]] },
];

describe('the doctor in the dialog of a phone', function () {
  this.timeout(120_000);
  const userDir = mkdtempSync(join(tmpdir(), 'microsip-doctor-'));
  const folder = mkdtempSync(join(tmpdir(), 'Desk Phone '));
  const program = join(folder, 'MicroSIP.exe');
  const ini = join(folder, 'MicroSIP.ini');
  let nodeRed: NodeRedProcess | undefined;
  let opened: EditorPage | undefined;
  let dialog: Dialog;

  before(async function () {
    const browser = await browserFor(this);
    mkdirSync(join(ROOT, 'build', 'screenshots'), { recursive: true });
    process.env['DESK_PHONE'] = program;
    nodeRed = await NodeRedProcess.start({
      node: process.execPath,
      script: join(ROOT, 'node_modules/node-red/red.js'),
      settings: join(ROOT, 'scripts/lib/node-red-settings.cjs'),
      userDir,
    });
    // The doctor looks after what a deployed phone names.
    await nodeRed.post('/flows', [...FLOW, { ...FLOW[1], id: 'desk', name: 'Desk 2', connection: 'observe', program }]);
    opened = await EditorPage.open(browser, nodeRed.url);
  });
  beforeEach(async () => {
    writeFileSync(program, '');
    writeFileSync(ini, Buffer.from(`\ufeff${INI}`, 'utf16le'));
    await editor().openNode('dial');
    dialog = await editor().openPhone();
    await dialog.field('node-config-input-connection').selectOption('window');
    await dialog.fill('node-config-input-program', program);
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await opened?.screenshot(`doctor ${this.currentTest.title}`);
    await opened?.closeDialogs();
  });
  after(async () => {
    delete process.env['DESK_PHONE'];
    await opened?.close();
    await nodeRed?.stop();
    for (const one of [userDir, folder]) rmSync(one, { recursive: true, force: true, maxRetries: 5 });
  });

  function editor(): EditorPage {
    assert.ok(opened);
    return opened;
  }
  async function click(name: string): Promise<void> {
    const button = dialog.field('microsip-doctor').getByRole('button', { name, exact: true });
    await button.scrollIntoViewIfNeeded();
    await button.click();
  }
  const says = (sentence: RegExp): Promise<void> =>
    dialog.field('microsip-doctor-result').filter({ hasText: sentence }).waitFor({ timeout: 20_000 });
  const read = (): string => readFileSync(ini).subarray(2).toString('utf16le');

  it('is there for a MicroSIP, and not for a simulated phone', async () => {
    assert.ok(await dialog.field('microsip-doctor').isVisible());
    await dialog.field('node-config-input-connection').selectOption('simulator');
    assert.equal(await dialog.field('microsip-doctor').isVisible(), false);
  });

  it('checks, shows the exact change, makes it when told to, and takes it back', async () => {
    const before = readFileSync(ini);
    await click('Check');
    await says(/not complete/);
    const result = dialog.field('microsip-doctor-result');
    const inSight = await result.evaluate((element) => {
      const { left, top } = element.getBoundingClientRect();
      return element.contains(document.elementFromPoint(left + 5, top + 5));
    });
    assert.ok(inSight, 'what was found is out of sight');
    await says(/cmdCallEnd: runs another program\s+"?C:\\crm\.exe <b>x<\/b>/);
    await editor().screenshot('doctor check');
    await click('Install hooks');
    await says(/will be changed.*\+ cmdCallRing=/s);
    assert.deepEqual(readFileSync(ini), before);
    await editor().screenshot('doctor install');
    await click('Make the change');
    await says(/Done\..*5 of 5 hooks arrived/s);
    await editor().screenshot('doctor installed');
    assert.match(read(), /^cmdCallRing=".*MicroSIP-hook\.cjs/m);
    await click('Check');
    await says(/Everything is in order/);
    await click('Install hooks');
    await says(/Nothing needs to be changed/);
    await click('Remove hooks');
    await says(/- cmdCallRing=/);
    await click('Make the change');
    await says(/Done\./);
    assert.deepEqual(readFileSync(ini), before);
  });

  it('changes nothing when the change is cancelled', async () => {
    await click('Log on');
    await says(/\+ enableLog=1/);
    await click('Cancel');
    await says(/Nothing was changed/);
    assert.equal(read(), INI);
    await click('Log on');
    await click('Make the change');
    await says(/Done\./);
    assert.equal(read(), INI.replace('enableLog=0', 'enableLog=1'));
  });

  it('takes the path from a variable of the environment, and says when there is nothing', async () => {
    await dialog.fill('node-config-input-program', '${DESK_PHONE}');
    await click('Check');
    await says(/not complete/);
    await dialog.fill('node-config-input-program', join(folder, 'none.exe'));
    await click('Check');
    await says(/MicroSIP was not found/);
    await dialog.fill('node-config-input-program', '--yes');
    await click('Check');
    await says(/MicroSIP was not found/);
  });

  it('takes the press that leaves a field, although what was found goes at that moment', async () => {
    await dialog
      .field('microsip-test-result')
      .filter({ hasText: /Windows/ })
      .waitFor();
    const button = dialog.field('microsip-doctor').getByRole('button', { name: 'Check', exact: true });
    await button.scrollIntoViewIfNeeded();
    await dialog.field('node-config-input-program').fill(join(folder, 'none.exe'));
    await button.click({ delay: 100 });
    await says(/MicroSIP was not found/);
  });

  it('sets the address of the directory that the flow has, says which one MicroSIP has, and removes it', async () => {
    const field = dialog.field('microsip-directory');
    const state = (sentence: RegExp): Promise<void> =>
      dialog.field('microsip-directory-state').filter({ hasText: sentence }).waitFor({ timeout: 20_000 });
    assert.ok(nodeRed);
    const address = `${nodeRed.url.replace('localhost', '127.0.0.1')}/microsip/contacts?u={username}`;
    assert.equal(await field.inputValue(), address);
    await state(/no directory address is set/);
    await click('Set address');
    await says(/\+ usersDirectory="http:/);
    await editor().screenshot('doctor directory');
    await click('Make the change');
    await state(/fetches contacts from this address/);
    assert.ok(read().includes(`usersDirectory="${address}"`));
    for (const [text, warning] of [
      ['http://pc/x?p={password}', /sends its password/],
      ['https://pc/x', /does not check certificates/],
      [`http://pc/${'x'.repeat(300)}`, /no more than 255/],
      ['ftp://pc', /cannot be the address/],
    ] as const) {
      await field.fill(text);
      await state(warning);
      await state(/from another address: http/);
    }
    await click('Set address');
    await says(/cannot be the address/);
    await click('Remove address');
    await click('Make the change');
    await state(/no directory address is set/);
    assert.equal(read(), INI);
  });

  it('offers to restart a MicroSIP that runs', async () => {
    const route = '**/microsip-phone/doctor';
    const orders: unknown[] = [];
    const change = { ini, lines: [{ key: 'enableLog', before: '0', after: '1' }], written: [], removed: [] };
    // There is no MicroSIP to run here, so its part of the answer is played.
    await editor().page.route(route, async (asked) => {
      const order = asked.request().postDataJSON() as { apply?: boolean };
      orders.push(order);
      const answer = order.apply ? { change, restarted: true } : { change, dryRun: true, running: true };
      await asked.fulfill({ json: { ok: true, exitCode: 0, ...answer } });
    });
    await click('Log on');
    await says(/MicroSIP is running.*ends its calls/);
    await click('Restart MicroSIP and make the change');
    await says(/MicroSIP was started again/);
    await editor().page.unroute(route);
    assert.deepEqual(orders, [
      { action: 'log on', program },
      { action: 'log on', program, apply: true, restart: true },
    ]);
  });

  it('does only what the buttons can do', async () => {
    for (const body of [
      {},
      { action: 'cure' },
      { action: 'constructor' },
      { action: ['install'] },
      { action: 'check', program: ['x'] },
      { action: 'check', program: 'a\nb' },
      { action: 'directory' },
      { action: 'directory', address: ['http://pc'] },
      { action: 'directory --remove' },
    ]) {
      await assert.rejects(nodeRed?.post('/microsip-phone/doctor', body) ?? Promise.resolve(), / 400: /);
    }
  });

  it('has nothing to complain of in the console', () => {
    assert.deepEqual(editor().errors, []);
  });
});
