import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support/checkout';
import { eventually } from '../support/eventually';
import { NodeRedProcess } from '../support/node-red-process';

/** That of Node-RED, for the Node.js that has none of its own. */
const Socket = createRequire(require.resolve('node-red'))('ws') as new (url: string) => {
  on(event: 'open' | 'message', listener: (data: unknown) => void): void;
  send(text: string): void;
  close(): void;
};

const ENDPOINTS = ['test', 'find', 'doctor', 'simulate', 'command', 'choices', 'phones'];
/** Whoever does not log in may look at flows. */
const SETTINGS = `
  const may = { boss: '*', reader: 'read', watcher: '*.read', onlooker: ['microsip-phone.read', 'flows.write'],
    guard: ['status.read', 'flows.read'] };
  const user = (username) => may[username] && { username, permissions: may[username] };
  module.exports = {
    ...require(${JSON.stringify(join(ROOT, 'scripts/lib/node-red-settings.cjs'))}),
    adminAuth: {
      type: 'credentials',
      users: async (username) => user(username) ?? null,
      authenticate: async (username) => user(username) ?? null,
      default: async () => ({ anonymous: true, permissions: 'read' }),
    },
  };`;

function isOurs({ topic = '' }: { topic?: string }): boolean {
  return topic.startsWith('microsip/');
}

describe('the admin endpoints of the phone', function () {
  this.timeout(120_000);
  let nodeRed: NodeRedProcess;
  const userDir = mkdtempSync(join(tmpdir(), 'microsip-admin-'));
  const folder = mkdtempSync(join(tmpdir(), 'microsip-secret-'));

  before(async () => {
    const settings = join(userDir, 'settings.cjs');
    writeFileSync(settings, SETTINGS);
    const script = join(ROOT, 'node_modules/node-red/red.js');
    writeFileSync(join(folder, 'microsip.exe'), '');
    writeFileSync(join(folder, 'microsip.ini'), Buffer.from('\ufeff[Settings]\r\n', 'utf16le'));
    const env = { CF_PROGRAM: join(folder, 'microsip.exe') };
    nodeRed = await NodeRedProcess.start({ node: process.execPath, script, settings, userDir, env });
  });
  after(async () => {
    await nodeRed.stop();
    for (const path of [userDir, folder]) rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  });

  const post = (path: string, body: object, token?: string): Promise<Response> =>
    fetch(nodeRed.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    });
  async function tokenOf(username: string): Promise<string> {
    const login = { client_id: 'node-red-editor', grant_type: 'password', scope: '', username, password: 'x' };
    const { access_token: token } = (await (await post('/auth/token', login)).json()) as { access_token: string };
    assert.ok(token, username);
    return token;
  }

  for (const endpoint of ENDPOINTS)
    it(`${endpoint} is closed to those who may not change flows`, async () => {
      assert.equal((await post(`/microsip-phone/${endpoint}`, {})).status, 401);
      for (const user of ['reader', 'watcher', 'onlooker'])
        assert.equal((await post(`/microsip-phone/${endpoint}`, {}, await tokenOf(user))).status, 401, user);
      assert.notEqual((await post(`/microsip-phone/${endpoint}`, {}, await tokenOf('boss'))).status, 401);
    });

  it('tell names and numbers only to those who may see phones', async () => {
    const flow = [
      { id: 'desk', type: 'microsip-phone', name: 'Desk of Ada', connection: 'simulator' },
      { id: 'tab', type: 'tab' },
      { id: 'status', type: 'microsip-status', z: 'tab', phone: 'desk', events: [], wires: [[]] },
    ];
    const boss = await tokenOf('boss');
    const guard = await tokenOf('guard');
    const heard: string[] = [];
    const socket = new Socket(`${nodeRed.url.replace('http', 'ws')}/comms`);
    socket.on('open', () => {
      socket.send(JSON.stringify({ auth: guard }));
    });
    socket.on('message', (data) => {
      const text = String(data);
      heard.push(text);
      if (text.includes('"auth":"ok"')) socket.send(JSON.stringify({ subscribe: 'microsip/#' }));
    });
    await post('/flows', flow, boss);
    const ring = { phone: 'desk', action: 'incoming', number: '+4930777', name: 'Grace' };
    await eventually(async () => (await post('/microsip-phone/simulate', ring, boss)).ok || undefined);
    await eventually(() => heard.find((text) => text.includes('microsip/phones') && text.includes('ringing')));
    socket.close();
    // Node-RED itself sends the status lines of nodes to everybody with `status.read`, and one of them says who calls.
    const ours = heard.flatMap((text) => JSON.parse(text) as { topic?: string }[]).filter(isOurs);
    assert.ok(ours.length > 0);
    assert.doesNotMatch(JSON.stringify(ours), /Ada|Grace|777/);
    const get = (token?: string): Promise<Response> =>
      fetch(`${nodeRed.url}/microsip-phone/sidebar`, {
        headers: { ...(token && { authorization: `Bearer ${token}` }) },
      });
    assert.equal((await get(guard)).status, 401);
    for (const user of ['reader', 'watcher', 'onlooker', 'boss']) {
      const answer = await get(await tokenOf(user));
      assert.equal(answer.status, 200, user);
      assert.equal(answer.headers.get('cache-control'), 'no-store');
      assert.match(await answer.text(), /Desk of Ada.*Grace/);
    }
  });

  it('answer an error with the key of a sentence that the editor has in its own language', async () => {
    const answer = await post('/microsip-phone/simulate', { phone: 'nobody' }, await tokenOf('boss'));
    assert.equal(answer.status, 400);
    const { code, key, message } = (await answer.json()) as Record<string, string>;
    assert.deepEqual([code, key], ['config', 'error.config.not_deployed']);
    const catalog = JSON.parse(readFileSync(join(ROOT, 'locales/en-US/common.json'), 'utf8')) as {
      error: { config: Record<string, string> };
    };
    assert.ok(catalog.error.config['not_deployed']);
    assert.match(message ?? '', /Deploy/);
  });

  it('look after a MicroSIP that a deployed phone names by a variable, and do not tell where it is', async () => {
    const token = await tokenOf('boss');
    const program = '${CF_PROGRAM}';
    await post('/flows', [{ id: 'desk', type: 'microsip-phone', connection: 'observe', program }], token);
    await eventually(async () => {
      const answer = await post('/microsip-phone/doctor', { action: 'check', program }, token);
      return ((await answer.json()) as { found?: object }).found;
    });
    for (const more of [{ action: 'check' }, { action: 'install' }, { action: 'log on', apply: true }]) {
      const text = await (await post('/microsip-phone/doctor', { ...more, program }, token)).text();
      assert.doesNotMatch(text, /not_found/);
      assert.match(text, /microsip\.ini/);
      assert.ok(!text.includes('microsip-secret-'), text);
    }
    assert.match(readFileSync(join(folder, 'microsip.ini'), 'utf16le'), /enableLog=1/);
  });
});
