import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually';
import { exampleFlow, startNodeRed } from '../support/example-flow';
import type { NodeRedProcess } from '../support/node-red-process';
import { browserFor } from './browser';

const TOKEN = 'open sesame';
const EXAMPLES = [
  'API - dial, answer and hang up by REST',
  'API - hold, mute, digits and transfer by REST',
  'API - events by WebSocket',
];

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

describe('the examples of an interface for programs', function () {
  this.timeout(120_000);
  let nodeRed: NodeRedProcess;
  const userDir = mkdtempSync(join(tmpdir(), 'microsip-api-'));

  before(async () => {
    nodeRed = await startNodeRed({ env: { PHONE_TOKEN: TOKEN }, userDir });
    await nodeRed.post('/flows', exampleFlow(...EXAMPLES));
    await eventually(() => nodeRed.text('/phone/api/openapi.json').catch(() => undefined));
  });
  after(async () => {
    await nodeRed.stop();
    rmSync(userDir, { recursive: true, force: true, maxRetries: 5 });
  });

  async function ask(method: string, what: string, body?: object, token: string | undefined = TOKEN): Promise<Answer> {
    const response = await fetch(`${nodeRed.url}/phone/api/${what}`, {
      method,
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }
  const state = async (): Promise<unknown> => (await ask('GET', 'state')).body['state'];

  it('dials, tells how things stand, and hangs up', async () => {
    assert.equal(await state(), 'idle');
    const dialled = await ask('POST', 'dial', { number: '+49 30 123456' });
    assert.equal(dialled.status, 200);
    assert.match(String(dialled.body['callId']), /\w/);
    const { body } = await ask('GET', 'state');
    assert.deepEqual(
      [body['state'], body['number'], body['callId']],
      ['dialing', '+4930123456', dialled.body['callId']],
    );
    assert.equal((await ask('POST', 'hangup')).status, 200);
    await eventually(async () => ((await state()) === 'idle' ? true : undefined));
  });

  it('says why the phone could not do it', async () => {
    for (const [what, body, status, error] of [
      ['answer', undefined, 409, 'no_call'],
      ['hold', undefined, 409, 'no_call'],
      ['dtmf', { digits: '1' }, 409, 'no_call'],
      ['transfer', { number: '1002' }, 409, 'no_call'],
      ['hangup', { callId: 'none' }, 409, 'no_call'],
      ['dial', { number: '/exit' }, 400, 'invalid_number'],
      ['dial', {}, 400, 'invalid_number'],
      ['dial', { number: null }, 400, 'invalid_number'],
      ['dial', { number: ['1001'] }, 400, 'invalid_number'],
      ['dial', { number: { toString: '1001' } }, 400, 'invalid_number'],
      ['dtmf', { digits: 'x' }, 400, 'invalid_digits'],
      ['dtmf', {}, 400, 'invalid_digits'],
      ['transfer', { number: '-x' }, 400, 'invalid_number'],
    ] as const) {
      const answer = await ask('POST', what, body);
      assert.deepEqual([answer.status, answer.body['error']], [status, error], `${what} ${JSON.stringify(body)}`);
      assert.match(String(answer.body['message']), /\w .*\.$/);
    }
  });

  it('lets nobody in who does not know the password', async () => {
    for (const token of ['wrong', '']) assert.equal((await ask('GET', 'state', undefined, token)).status, 401);
    assert.equal((await ask('POST', 'dial', { number: '1001' }, 'wrong')).status, 401);
    assert.equal((await ask('POST', 'exit')).status, 404);
    assert.equal((await ask('GET', 'dial')).status, 405);
    assert.equal(await state(), 'idle');
  });

  it('serves a description that names what there is', async () => {
    const { body } = await ask('GET', 'openapi.json', undefined, '');
    assert.equal(body['openapi'], '3.0.3');
    for (const [path, item] of Object.entries(body['paths'] as Record<string, object>))
      for (const method of Object.keys(item)) {
        const { status } = await ask(method.toUpperCase(), path.slice(1), method === 'post' ? {} : undefined);
        assert.ok([200, 400, 409].includes(status), `${method} ${path}: ${status}`);
      }
  });

  describe('in a web page', () => {
    let page: Page;

    before(async function () {
      page = await (await browserFor(this)).newPage();
      await page.goto(`${nodeRed.url}/phone/api/openapi.json`);
    });
    after(() => (page as Page | undefined)?.close());

    /** Connects, sends the password, has the phone do something, and gives what came until `last` is seen. */
    function listen(token: string, act: string, last: string): Promise<Record<string, unknown>[]> {
      return page.evaluate(
        async ([token, act, last, login]) => {
          const socket = new WebSocket(`ws://${location.host}/phone/events`);
          const heard: Record<string, unknown>[] = [];
          await new Promise<void>((resolve, reject) => {
            setTimeout(() => {
              reject(new Error(JSON.stringify(heard)));
            }, 5000);
            socket.onopen = () => {
              socket.send(token);
            };
            socket.onmessage = ({ data }) => {
              const message = JSON.parse(data as string) as Record<string, unknown>;
              heard.push(message);
              // Again while it is too much: only one call a second is made.
              if (message['event'] === 'snapshot' && act)
                void (async () => {
                  for (;;) {
                    const { status } = await fetch(`/phone/api/${act}`, {
                      method: 'POST',
                      headers: { authorization: `Bearer ${login}`, 'content-type': 'application/json' },
                      body: '{"number": "1001"}',
                    });
                    if (status !== 429) return;
                    await new Promise((resolve) => setTimeout(resolve, 200));
                  }
                })();
              if (message[last] !== undefined || message['event'] === last) resolve();
            };
          });
          socket.close();
          return heard;
        },
        [token, act, last, TOKEN] as const,
      );
    }

    it('tells of a call as it happens', async () => {
      const events = (await listen(TOKEN, 'dial', 'outgoing')).map(({ event }) => event);
      assert.deepEqual(events, ['snapshot', 'outgoing']);
      assert.deepEqual(
        (await listen(TOKEN, 'hangup', 'ended')).map(({ event }) => event),
        ['snapshot', 'ended'],
      );
    });

    it('tells nothing to those who do not know the password', async () => {
      const [first, ...more] = await listen('wrong', '', 'error');
      assert.deepEqual([first?.['error'], more], ['unauthorized', []]);
    });
  });
});
