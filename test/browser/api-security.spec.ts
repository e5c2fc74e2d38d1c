import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support/checkout';
import { eventually } from '../support/eventually';
import { exampleFlow } from '../support/example-flow';
import { NodeRedProcess } from '../support/node-red-process';
import { skipBecause } from '../support/skip';
import { VERSIONS } from './editor-stage';

const TOKEN = 'open sesame';
const EXAMPLES = [
  'API - dial, answer and hang up by REST',
  'API - hold, mute, digits and transfer by REST',
  'API - events by WebSocket',
  'Dial - click to dial from a web page',
  'Contacts - lamps that show who is in a call',
];

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}
interface Socket {
  on(event: string, listener: (...args: unknown[]) => void): void;
  send(text: string): void;
  close(): void;
}
/** As the core nodes have it: a browser cannot choose its origin. */
const WebSocketClient = createRequire(require.resolve('node-red'))('ws') as new (
  url: string,
  options?: { origin?: string },
) => Socket;

/** In both versions: what closes a WebSocket reaches into a node of Node-RED's own. */
for (const { title, folder, node } of VERSIONS) {
  describe(`the examples of an interface in ${title}, with those who are not meant to use it`, function () {
    this.timeout(120_000);
    strangers(folder, node);
  });
}

function strangers(folder: string, node: string | undefined): void {
  let nodeRed: NodeRedProcess;
  const userDir = mkdtempSync(join(tmpdir(), 'microsip-api-'));

  /** Anew for each test, so that no wrong password of another one counts. */
  beforeEach(async () => {
    await nodeRed.post('/flows', exampleFlow(...EXAMPLES));
    await eventually(() => nodeRed.text('/phone/api/openapi.json').catch(() => undefined));
  });
  before(async function () {
    if (!node) skipBecause(this, process.env.NO_NODE_FOR_NODE_RED_5 ?? 'no Node.js for Node-RED 5 was named');
    nodeRed = await NodeRedProcess.start({
      node,
      script: join(ROOT, 'node_modules', folder, 'red.js'),
      settings: join(ROOT, 'scripts/lib/node-red-settings.cjs'),
      env: { PHONE_TOKEN: TOKEN },
      userDir,
    });
  });
  after(async () => {
    await (nodeRed as NodeRedProcess | undefined)?.stop();
    rmSync(userDir, { recursive: true, force: true, maxRetries: 5 });
  });

  function send(method: string, path: string, body?: string, headers: Record<string, string> = {}): Promise<Answer> {
    const options = {
      method,
      agent: false,
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', ...headers },
    };
    return new Promise((resolve, reject) => {
      const asked = request(`${nodeRed.url}${path}`, options, (response) => {
        let text = '';
        response.on('data', (part: Buffer) => (text += part.toString()));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        });
      });
      asked.on('error', reject);
      asked.end(body);
    });
  }
  const post = (what: string, body?: string, headers?: Record<string, string>): Promise<Answer> =>
    send('POST', `/phone/api/${what}`, body, headers);
  const errorIn = ({ text }: Answer): unknown => (JSON.parse(text) as { error?: unknown }).error;

  it('answers JSON to what is no JSON, or no object', async () => {
    for (const body of [
      '{',
      '{"number": "1001"',
      'null',
      '[]',
      '"1001"',
      '1001',
      'number=1001',
      '\u0000',
      '{"a":}',
      'NaN',
    ]) {
      const answer = await post('dial', body);
      assert.equal(answer.status, 400, body);
      assert.match(String(errorIn(answer)), /^bad_(json|request)$/, body);
    }
    for (const path of ['dial/', 'dial?x=1', '%64ial']) assert.equal(errorIn(await post(path, '{')), 'bad_json', path);
    assert.equal(errorIn(await send('POST', '/PHONE/api/dial', '{')), 'bad_json');
    const long = await post('dial', JSON.stringify({ number: '1'.repeat(20_000) }));
    assert.deepEqual([long.status, errorIn(long)], [413, 'too_long']);
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/octet-stream', 'x'])
      assert.equal((await post('answer', '{}', { 'content-type': type })).status, 409, type);
  });

  it('takes no word that it does not heed, and nothing of an object that is not its own', async () => {
    for (const body of ['{"scope": "ring"}', '{"__proto__": {"callId": "x"}}', '{"constructor": 1}', '{"callId": 5}'])
      assert.equal((await post('hangup', body)).status, 400, body);
    for (const what of ['__proto__', 'constructor', 'toString', 'hasOwnProperty'])
      assert.equal((await post(what, '{}')).status, 404, what);
    for (const number of ['/exit', '-exit', '/resetnoask', '1001 /exit'])
      assert.equal(errorIn(await post('dial', JSON.stringify({ number }))), 'invalid_number', number);
  });

  it('gives a directory to MicroSIP alone, whatever else asks for it', async () => {
    const path = '/microsip/contacts';
    const items = async (query: string, headers = {}): Promise<unknown> => {
      const { status, text, headers: answered } = await send('GET', path + query, undefined, headers);
      assert.deepEqual([status, answered['cache-control']], [200, 'no-store'], query);
      assert.match(String(answered['content-type']), /^application\/json/);
      return (JSON.parse(text) as { items?: unknown[] }).items?.length;
    };
    assert.equal(await items('?u=ada&sequence=0'), 2);
    const head = await send('HEAD', `${path}?u=bob&sequence=0`);
    assert.deepEqual([head.status, head.text], [200, '']);
    // Who has only seen the headers does not have the contacts.
    assert.equal(await items('?u=bob&sequence=1'), 2);
    assert.equal(await items('?u=ada&sequence=1'), undefined);
    for (const query of [
      '',
      '?sequence=1&sequence=2',
      '?sequence[__proto__]=1',
      '?sequence=-1',
      `?u=${'x'.repeat(8000)}`,
    ])
      assert.equal(await items(query), 2, query);
    assert.equal(await items('?sequence=0', { 'if-none-match': 'W/"x"', range: 'bytes=0-1' }), 2);
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH'])
      assert.equal((await send(method, `${path}?sequence=0`)).status, 404, method);
    for (const wrong of ['/../settings.js', '/..%2f..%2fetc%2fpasswd', '/%00', '//'])
      assert.notEqual((await send('GET', path + wrong)).text.includes('module.exports'), true, wrong);
    const many = await Promise.all(Array.from({ length: 100 }, (_, nth) => items(`?u=many${nth}&sequence=0`)));
    assert.deepEqual([...new Set(many)], [2]);
  });

  it('does what the second example brings, and says so where it is missing', async () => {
    await post('dial', '{"number": "1001"}');
    await nodeRed.post('/microsip-phone/simulate', { phone: 'fda9d0988e6aa702', action: 'answer' });
    const state = async (): Promise<Record<string, unknown>> =>
      JSON.parse((await send('GET', '/phone/api/state')).text) as Record<string, unknown>;
    await eventually(async () => (await state())['state'] === 'connected' || undefined);
    assert.equal((await post('dtmf', '{"digits": "12#"}')).status, 200);
    assert.equal((await post('hold')).status, 200);
    assert.equal((await state())['state'], 'held');
    assert.equal((await post('resume')).status, 200);
    const muted = async (): Promise<unknown> =>
      ((await state())['audio'] as { microphone: { muted: boolean } }).microphone.muted;
    assert.equal((await post('mute')).status, 200);
    assert.equal(await muted(), true);
    assert.equal((await post('unmute')).status, 200);
    assert.equal(await muted(), false);
    assert.equal((await post('transfer', '{"number": "1002"}')).status, 200);
    await nodeRed.post('/flows', exampleFlow(...EXAMPLES.slice(0, 1)));
    await eventually(() => nodeRed.text('/phone/api/openapi.json').catch(() => undefined));
    const missing = await post('hold');
    assert.deepEqual([missing.status, errorIn(missing)], [501, 'not_imported']);
  });

  it('tells too many calls from a number that is forbidden', async () => {
    await post('dial', '{"number": "1001"}');
    await post('hangup');
    const second = await post('dial', '{"number": "1001"}');
    assert.deepEqual([second.status, second.headers['retry-after']], [429, '1']);
    const withRules = exampleFlow(...EXAMPLES).map((node) =>
      node['type'] === 'microsip-phone' ? { ...node, deny: ['^0900'] } : node,
    );
    await nodeRed.post('/flows', withRules);
    await eventually(() => nodeRed.text('/phone/api/openapi.json').catch(() => undefined));
    const forbidden = await post('dial', '{"number": "0900123"}');
    assert.deepEqual([forbidden.status, errorIn(forbidden)], [403, 'refused']);
  });

  it('makes those wait who try passwords, also when the right one comes next', async () => {
    const statuses: number[] = [];
    for (let nth = 0; nth < 8; nth++)
      statuses.push((await post('answer', '{}', { authorization: `Bearer ${nth}` })).status);
    assert.deepEqual(statuses, [401, 401, 401, 401, 401, 401, 429, 429]);
    const right = await post('answer');
    assert.deepEqual([right.status, errorIn(right)], [429, 'too_many_attempts']);
    assert.ok(Number(right.headers['retry-after']) >= 1);
    await eventually(async () => ((await post('answer')).status === 409 ? true : undefined));
    const dials: number[] = [];
    for (let nth = 0; nth < 8; nth++)
      dials.push((await send('POST', '/phone', '{"number":"1"}', { authorization: `Bearer ${nth}` })).status);
    assert.deepEqual(dials, [403, 403, 403, 403, 403, 403, 429, 429]);
  });

  it('counts nobody as on this computer who comes by a proxy', async () => {
    for (const header of ['x-forwarded-for', 'Forwarded', 'X-Real-IP', 'via', 'X-Forwarded-Proto', 'CF-Connecting-IP'])
      for (const path of ['/phone/api/answer', '/phone'])
        assert.equal((await send('POST', path, '{}', { [header]: '127.0.0.1' })).status, 403, `${path} ${header}`);
    const open = exampleFlow(...EXAMPLES).map((node) => ({
      ...node,
      ...(Array.isArray(node['env']) && {
        env: (node['env'] as { name: string }[]).map((one) =>
          one.name === 'OPEN_TO_LAN' ? { ...one, value: 'true' } : one,
        ),
      }),
    }));
    await nodeRed.post('/flows', open);
    await eventually(
      async () => (await post('answer', '{}', { 'x-forwarded-for': '192.0.2.1' })).status === 409 || undefined,
    );
  });

  it('click to dial: says what is wrong in the request', async () => {
    for (const body of ['{', 'null', '[]', '{}']) {
      const answer = await send('POST', '/phone', body);
      assert.equal(answer.status, 400, body);
      assert.match(answer.text, /^\{"message":"/);
    }
    assert.equal((await send('POST', '/phone', '{"number": "/exit"}')).status, 400);
  });

  describe('by WebSocket', () => {
    /** Connects, sends something if it is given, and gives what came until the connection was closed. */
    async function listen(origin?: string, text?: string): Promise<{ code: unknown; heard: string[] }> {
      const socket = new WebSocketClient(`${nodeRed.url.replace('http', 'ws')}/phone/events`, origin ? { origin } : {});
      const heard: string[] = [];
      socket.on('message', (data) => heard.push(String(data)));
      socket.on('open', () => {
        if (text !== undefined) socket.send(text);
      });
      const closed = (await once(socket as never, 'close')) as unknown[];
      return { code: closed[0], heard };
    }
    /** The function watches the server a moment after the flow has begun. */
    beforeEach(async () => {
      await eventually(async () => (await isLetIn()) || undefined);
    });
    async function isLetIn(origin?: string): Promise<boolean> {
      const socket = new WebSocketClient(`${nodeRed.url.replace('http', 'ws')}/phone/events`, origin ? { origin } : {});
      socket.on('open', () => {
        socket.send(TOKEN);
      });
      const first = await Promise.race([
        once(socket as never, 'message').then((data) => String(data[0])),
        once(socket as never, 'close').then(() => ''),
      ]).catch(() => '');
      socket.close();
      return first.includes('"snapshot"');
    }

    it('closes the connection after a wrong password', async () => {
      for (const wrong of ['wrong', '', '{"toString": 1}']) {
        const { code, heard } = await listen(undefined, wrong);
        assert.equal(code, 1008, wrong);
        assert.equal(heard.length, 1);
        assert.match(heard[0] ?? '', /unauthorized/);
      }
    });

    it('closes the connection of those who say nothing', async () => {
      const began = performance.now();
      assert.deepEqual(await listen(), { code: 1008, heard: [] });
      assert.ok(performance.now() - began > 4000);
    });

    it('listens to no page of another origin, also with the password', async () => {
      for (const origin of ['https://evil.example', 'null', `${nodeRed.url}.evil.example`, 'http://localhost'])
        assert.deepEqual(await listen(origin, TOKEN), { code: 1008, heard: [] }, origin);
      assert.equal(await isLetIn(nodeRed.url), true);
    });

    it('keeps those waiting who try passwords', async () => {
      for (let nth = 0; nth < 6; nth++) await listen(undefined, String(nth));
      assert.equal((await listen(undefined, TOKEN)).code, 1013);
    });

    it('goes on after a deploy of the function alone, and closes what was open before', async () => {
      const before = listen(undefined, TOKEN);
      await nodeRed.fetch('/flows', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'node-red-deployment-type': 'nodes' },
        body: JSON.stringify(
          exampleFlow(...EXAMPLES).map((node) => (node['name'] === 'who listens?' ? { ...node, name: 'who?' } : node)),
        ),
      });
      assert.equal((await before).code, 1012);
      await eventually(async () => (await isLetIn()) || undefined);
      assert.equal((await listen(undefined, 'wrong')).code, 1008);
      assert.equal((await listen('https://evil.example', TOKEN)).code, 1008);
    });
  });
}
