import assert from 'node:assert/strict';
import { startMosquitto, whyNoMosquitto, type Mosquitto } from '../support/mosquitto';
import { freePort } from '../support/free-port';
import { skipBecause } from '../support/skip';
import { ScriptedAgent } from '../nodes/scripted-agent';
import { BROKER, withEditors } from './editor-stage';

const FLOW = [
  { id: 'tab', type: 'tab', label: 'Phone' },
  { ...BROKER, autoConnect: true },
  { id: 'phone', type: 'microsip-phone', name: 'Ada', connection: 'mqtt', broker: 'broker', phoneId: '', base: '' },
  { id: 'dial', type: 'microsip-dial', z: 'tab', phone: 'phone', x: 200, y: 60, wires: [[]] },
];

withEditors('the dialog of a phone elsewhere, in the editor', [FLOW[0] as object], ({ nodeRed, editor, folder }) => {
  let mosquitto: Mosquitto;
  const agents: ScriptedAgent[] = [];

  before(async function () {
    const why = whyNoMosquitto();
    if (why !== undefined) skipBecause(this, why);
    mosquitto = await startMosquitto();
    agents.push(await ScriptedAgent.start(mosquitto.url));
    agents.push(await ScriptedAgent.start(mosquitto.url, { id: 'desk-2', name: 'Bob <b>' }));
  });
  after(async () => {
    for (const agent of agents) await agent.end();
    await (mosquitto as Mosquitto | undefined)?.stop();
  });

  async function deploy(port: number): Promise<void> {
    await nodeRed().post(
      '/flows',
      FLOW.map((node) => (node.id === 'broker' ? { ...node, port: String(port) } : node)),
    );
    await editor().page.reload();
    await editor().speak('en-US');
  }

  it('offers the phones that the broker knows, and tells which of them can be reached', async () => {
    await deploy(mosquitto.port);
    await editor().openNode('dial');
    const dialog = await editor().openPhone();
    const phones = dialog.field('microsip-phones-result');
    await phones.locator('.fa-info-circle').waitFor();
    assert.match((await phones.textContent()) ?? '', /: 2\./);
    const labels = await dialog.form
      .locator('#microsip-phones option')
      .evaluateAll((options) => options.map((option) => option.getAttribute('label')));
    assert.deepEqual(labels, ['desk-1: Desk 1, PC-7', 'desk-2: Bob <b>, PC-7']);
    const test = async (id: string): Promise<string> => {
      await dialog.fill('node-config-input-phoneId', id);
      await dialog.field('microsip-test').click();
      const result = dialog.field('microsip-test-result');
      await result.locator('.fa-check, .fa-warning').waitFor();
      return (await result.textContent()) ?? '';
    };
    assert.match(await test('desk-1'), /agent responds.*Desk 1.*PC-7.*0\.2\.0.*3\.22\.16/);
    await editor().screenshot(`${folder} phone elsewhere`);
    assert.match(await test('desk-9'), /agent of this phone is not connected/);
  });

  it('takes the broker that is there as soon as the connection is chosen', async () => {
    await deploy(mosquitto.port);
    await editor().openNode('dial');
    await editor().page.locator('#node-input-btn-phone-add').click();
    const connection = editor().page.locator('#node-config-input-connection');
    await connection.selectOption('mqtt');
    const dialog = editor().page.locator('#node-config-dialog-edit-form');
    assert.equal(await dialog.locator('#node-config-input-broker').inputValue(), 'broker');
    await dialog.locator('#microsip-phones-result .fa-info-circle').waitFor();
  });

  it('marks what a phone elsewhere has to have, and nothing of it for another connection', async () => {
    await deploy(mosquitto.port);
    await editor().openNode('dial');
    const dialog = await editor().openPhone();
    for (const [field, value, wrong] of [
      ['phoneId', '', true],
      ['phoneId', 'desk 1', true],
      ['phoneId', 'all', true],
      ['phoneId', 'desk-1', false],
      ['base', 'office/+', true],
      ['base', '/office', true],
      ['base', 'office/phones', false],
      ['base', '', false],
    ] as const) {
      await dialog.fill(`node-config-input-${field}`, value);
      assert.equal(await dialog.isMarkedWrong(`node-config-input-${field}`), wrong, `${field}: ${value}`);
    }
    await dialog.fill('node-config-input-phoneId', '');
    await dialog.field('node-config-input-connection').selectOption('simulator');
    assert.equal(await dialog.isMarkedWrong('node-config-input-phoneId'), false);
  });

  it('says that the broker cannot be reached', async () => {
    await deploy(await freePort());
    await editor().openNode('dial');
    const dialog = await editor().openPhone();
    const phones = dialog.field('microsip-phones-result');
    await phones.locator('.fa-warning').waitFor();
    assert.match((await phones.textContent()) ?? '', /no connection to the MQTT broker/);
  });
});
