import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import helper from 'node-red-node-test-helper';
import { eventually } from '../support/eventually';
import { skipBecause } from '../support/skip';
import { loadExample, setEnv } from './example';
import { nodeSuite } from './flow';

interface Asked {
  path: string;
  query: URLSearchParams;
  body: string;
  login: string | undefined;
}

nodeSuite('examples', () => {
  it('busy light: one colour per change', async () => {
    const flow = await loadExample('Call status - busy light');
    const colours = (): unknown[] => flow.messages('your lamp').map(({ payload }) => payload);
    const until = (colour: string, nth = 1): Promise<unknown> =>
      eventually(() => (colours().filter((one) => one === colour).length >= nth ? true : undefined));
    await until('green');
    flow.send('somebody calls', {});
    await until('yellow');
    flow.send('pick up', {});
    await until('red');
    flow.send('the caller hangs up', {});
    await until('green', 2);
    assert.deepEqual(colours(), ['green', 'yellow', 'red', 'green']);
  });

  it('voicemail lamp: on while a message waits', async () => {
    const flow = await loadExample('Call status - voicemail lamp');
    const lamp = (): unknown[] => flow.messages('your lamp').map(({ payload }) => payload);
    const until = (count: number): Promise<unknown> => eventually(() => (lamp().length >= count ? true : undefined));
    await until(1);
    flow.send('somebody leaves a message', {});
    await until(2);
    flow.send('somebody leaves a message', {});
    flow.send('all messages are heard', {});
    await until(3);
    assert.deepEqual(lamp(), [false, true, false]);
  });

  it('keep recordings: a copy of each recorded call', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'microsip-kept-'));
    const flow = await loadExample('Call log - keep recordings', (nodes) => {
      setEnv(nodes, { RECORDINGS_FOLDER: folder });
      const feature = nodes.find(({ type }) => type === 'microsip-feature');
      Object.assign(feature ?? {}, { wires: [['it records']] });
      nodes.push({ id: 'it records', type: 'helper', z: feature?.['z'] });
    });
    flow.send('somebody calls', {});
    flow.send('pick up and record', {});
    await flow.until('it records');
    flow.send('the caller hangs up', {});
    await flow.until('kept');
    assert.equal(readdirSync(folder).length, 1);
    rmSync(folder, { recursive: true, maxRetries: 5 });
  });

  it('after hours: rejects when it is closed, and only then', async () => {
    const closed = await loadExample('Hang up - reject callers after hours', (nodes) => {
      setEnv(nodes, { OPENS: '0', CLOSES: '0' });
    });
    closed.send('somebody calls', {});
    await closed.until('rejected');
    assert.deepEqual(closed.messages('it rings'), []);
  });

  it('after hours: lets it ring on a workday, and at no hour of the weekend', async () => {
    const open = await loadExample('Hang up - reject callers after hours', (nodes) => {
      setEnv(nodes, { OPENS: '0', CLOSES: '24' });
    });
    const isWorkday = ![0, 6].includes(new Date().getDay());
    open.send('somebody calls', {});
    await open.until(isWorkday ? 'it rings' : 'rejected');
    assert.deepEqual(open.messages(isWorkday ? 'rejected' : 'it rings'), []);
  });

  it('redial: three times, then it gives up', async () => {
    const flow = await loadExample('Dial - redial until somebody answers', (nodes) => {
      for (const node of nodes) if (node.type === 'delay') Object.assign(node, { timeout: '1.1' });
    });
    flow.send('dial 1001', {});
    const attempts = async (): Promise<void> => {
      for (;;) {
        flow.send('busy', {});
        if (flow.messages('given up').length > 0) return;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    };
    await attempts();
    const [given] = flow.messages('given up');
    assert.equal(given?.['attempts'], 4);
    assert.deepEqual(flow.messages('somebody answered'), []);
  });

  it('redial: does not let it ring for ever where nobody comes to the phone', async () => {
    const flow = await loadExample('Dial - redial until somebody answers', (nodes) => {
      for (const node of nodes) {
        if (node.type === 'delay') Object.assign(node, { timeout: '1.1' });
        if (node.type === 'microsip-dial') Object.assign(node, { waitTimeout: 0.3 });
      }
    });
    flow.send('dial 1001', {});
    const given = await flow.until('given up');
    assert.equal(given['attempts'], 4);
    // The last one was ended too, so the next dial finds a free line.
    flow.send('dial 1001', {});
    await flow.until('given up', (msg) => msg !== given);
  });

  it('script: the program gets the digits of the number, whatever the caller sends', async () => {
    const flow = await loadExample('Call status - run a script on incoming calls', (nodes) => {
      for (const node of nodes)
        if (node['name'] === 'somebody calls')
          Object.assign(node, { payload: '{"action": "incoming", "number": "+49$(id);30\\"&1"}' });
    });
    flow.send('somebody calls', {});
    const { payload } = await flow.until('what it prints');
    assert.equal((payload as unknown as string).trim(), '+49301');
    assert.equal((await flow.until('how it ended')).payload['code'], 0);
  });

  it('greets by DTMF when the call stands, and not when the caller is gone', async () => {
    const flow = await loadExample('Answer - pick up and greet by DTMF', (nodes) => {
      for (const node of nodes) if (node.type === 'delay') Object.assign(node, { timeout: '0.3' });
    });
    flow.send('somebody calls', {});
    const { payload } = await flow.until('greeted');
    assert.equal(payload['event'], 'incoming');
    flow.send('the caller hangs up', {});
    await new Promise((resolve) => setTimeout(resolve, 100));
    flow.send('somebody calls', {});
    await new Promise((resolve) => setTimeout(resolve, 50));
    flow.send('the caller hangs up', {});
    await new Promise((resolve) => setTimeout(resolve, 600));
    assert.equal(flow.messages('greeted').length, 1);
  });

  it('SQLite: every call once, whatever the caller is called', async function () {
    if (!('getBuiltinModule' in process) || !process.getBuiltinModule('node:sqlite'))
      skipBecause(this, `Node.js ${process.version} has no SQLite`);
    const folder = mkdtempSync(join(tmpdir(), 'microsip-sqlite-'));
    const flow = await loadExample('Call log - keep it in SQLite', (nodes) => {
      setEnv(nodes, { CALL_LOG_DB: join(folder, 'calls.db') });
      for (const node of nodes)
        if (node['name'] === 'somebody calls')
          Object.assign(node, {
            payload: '{"action": "incoming", "number": "1005", "name": "\'); DROP TABLE calls;"}',
          });
    });
    for (const calls of [1, 2]) {
      flow.send('somebody calls', {});
      await new Promise((resolve) => setTimeout(resolve, 100));
      flow.send('the caller gives up', {});
      await flow.until('calls', ({ payload }) => payload['calls'] === calls);
    }
    flow.send('missed calls', {});
    const { payload } = await flow.until('calls', (msg) => Array.isArray(msg.payload));
    const rows = payload as unknown as { number: string; name: string }[];
    assert.deepEqual(
      rows.map(({ number, name }) => [number, name]),
      [1, 2].map(() => ['1005', "'); DROP TABLE calls;"]),
    );
    await helper.unload();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  describe('with a server', () => {
    let server: Server;
    let url: string;
    let asked: Asked[];
    /** What the server answers, by the path without its query. */
    let answers: Record<string, unknown>;

    beforeEach(async () => {
      asked = [];
      answers = {};
      server = createServer((request, response) => {
        let body = '';
        request.on('data', (part: Buffer) => (body += part.toString()));
        request.on('end', () => {
          const at = new URL(request.url ?? '', 'http://server');
          asked.push({ path: at.pathname, query: at.searchParams, body, login: request.headers.authorization });
          response
            .setHeader('content-type', 'application/json')
            .end(JSON.stringify(answers[at.pathname] ?? { ok: true }));
        });
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    afterEach((done) => {
      server.close(done);
    });

    it('missed calls: a message to Telegram, with the token from the environment', async () => {
      const flow = await loadExample('Call log - tell of missed calls by Telegram', (nodes) => {
        setEnv(nodes, { TELEGRAM_API: url, TELEGRAM_CHAT: '42', TELEGRAM_TOKEN: '1:secret' });
      });
      flow.send('somebody calls', {});
      await new Promise((resolve) => setTimeout(resolve, 100));
      flow.send('the caller gives up', {});
      assert.deepEqual((await flow.until('sent')).payload, { ok: true });
      assert.equal(asked[0]?.path, '/bot1:secret/sendMessage');
      const { chat_id: chat, text } = JSON.parse(asked[0].body) as { chat_id: string; text: string };
      assert.equal(chat, '42');
      assert.match(text, /^Missed call: Ada \(\+4930123456\), /);
    });

    it('music: pauses with the call and plays on after it, and does not begin to play by itself', async () => {
      const flow = await loadExample('Call status - pause the music', (nodes) => {
        setEnv(nodes, { PLAYER: url });
      });
      await new Promise((resolve) => setTimeout(resolve, 200));
      flow.send('somebody calls', {});
      await eventually(() => asked[0]);
      flow.send('the caller gives up', {});
      await eventually(() => asked[1]);
      assert.deepEqual(
        asked.map(({ path, body }) => [path, (JSON.parse(body) as { params: { play: boolean } }).params.play]),
        [
          ['/jsonrpc', false],
          ['/jsonrpc', true],
        ],
      );
    });

    it('Vtiger: finds the contact by E.164, and logs in with the access key', async () => {
      const path = '/restapi/v1/vtiger/default/lookup';
      answers[path] = { success: true, result: [{ id: '12x345', firstname: 'Ada', lastname: 'Lovelace' }] };
      const flow = await loadExample('Call status - screen pop from Vtiger', (nodes) => {
        setEnv(nodes, { VTIGER_URL: url, VTIGER_USER: 'admin', VTIGER_ACCESS_KEY: 'secret' });
      });
      flow.send('somebody calls', {});
      assert.deepEqual(
        { ...(await flow.until('screen pop')).payload },
        {
          name: 'Ada Lovelace',
          url: `${url}/index.php?module=Contacts&view=Detail&record=345`,
        },
      );
      assert.deepEqual([asked[0]?.path, asked[0]?.query.get('value')], [path, '+4930123456']);
      assert.equal(asked[0]?.query.get('searchIn'), '{"Contacts":["phone","mobile"]}');
      assert.equal(asked[0].login, `Basic ${Buffer.from('admin:secret').toString('base64')}`);
    });

    it('Vtiger: says when nobody is found', async () => {
      answers['/restapi/v1/vtiger/default/lookup'] = { success: true, result: [] };
      const flow = await loadExample('Call status - screen pop from Vtiger', (nodes) => {
        setEnv(nodes, { VTIGER_URL: url, VTIGER_USER: 'admin', VTIGER_ACCESS_KEY: 'secret' });
      });
      flow.send('somebody calls', {});
      assert.match((await flow.until('not known')).payload as unknown as string, /\+4930123456 is not in Vtiger/);
    });

    it('Salesforce: logs in, and finds the contact by E.164', async () => {
      const path = '/services/data/v63.0/parameterizedSearch/';
      answers['/services/oauth2/token'] = { access_token: 'abc' };
      answers[path] = { searchRecords: [{ Id: '003A', Name: 'Ada Lovelace' }] };
      const flow = await loadExample('Call status - screen pop from Salesforce', (nodes) => {
        setEnv(nodes, { SALESFORCE_URL: url, SALESFORCE_CLIENT_ID: 'id', SALESFORCE_CLIENT_SECRET: 'a&b=c' });
      });
      flow.send('somebody calls', {});
      assert.deepEqual({ ...(await flow.until('screen pop')).payload }, { name: 'Ada Lovelace', url: `${url}/003A` });
      assert.deepEqual(Object.fromEntries(new URLSearchParams(asked[0]?.body)), {
        grant_type: 'client_credentials',
        client_id: 'id',
        client_secret: 'a&b=c',
      });
      assert.deepEqual([asked[1]?.path, asked[1]?.login], [path, 'Bearer abc']);
      assert.equal(asked[1]?.query.get('q'), '+4930123456');
      assert.equal(asked[1].query.get('in'), 'PHONE');
    });
  });
});
