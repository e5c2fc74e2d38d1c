import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { readFlow, ROOT } from '../support/checkout';
import { eventually } from '../support/eventually';
import { startNodeRed } from '../support/example-flow';
import type { NodeRedProcess } from '../support/node-red-process';
import { browserFor } from './browser';

const FILE = join(ROOT, 'examples', 'Dial - click to dial from a web page.json');
const TOKEN = 'open sesame';

describe('the example of a web page that dials', function () {
  this.timeout(120_000);
  let nodeRed: NodeRedProcess;
  let page: Page;
  const userDir = mkdtempSync(join(tmpdir(), 'microsip-example-'));

  before(async function () {
    nodeRed = await startNodeRed({ env: { PHONE_TOKEN: TOKEN }, userDir });
    page = await (await browserFor(this)).newPage();
  });
  after(async () => {
    await (page as Page | undefined)?.close();
    await nodeRed.stop();
    rmSync(userDir, { recursive: true, force: true, maxRetries: 5 });
  });

  /** @param token in place of that of the environment */
  async function deploy(token?: string): Promise<void> {
    const nodes = readFlow(FILE) as { type?: string; env?: { name: string; value: string; type: string }[] }[];
    for (const { env = [] } of nodes)
      for (const one of env)
        if (one.name === 'PHONE_TOKEN' && token !== undefined) Object.assign(one, { value: token, type: 'str' });
    await nodeRed.post('/flows', nodes);
    await eventually(() =>
      nodeRed.text('/phone').then(
        () => true,
        () => undefined,
      ),
    );
  }
  async function dial(number: string, token: string): Promise<string> {
    await page.goto(`${nodeRed.url}/phone?number=${encodeURIComponent(number)}`);
    await page.getByLabel('Password').fill(token);
    await page.getByRole('button', { name: 'Dial' }).click();
    const result = page.getByRole('status').filter({ hasText: /\w/ });
    await result.waitFor();
    return (await result.textContent()) ?? '';
  }

  it('dials with the right password, and says why not', async () => {
    await deploy();
    assert.match(await dial('+49 30 123456', 'wrong'), /password is wrong/);
    assert.match(await dial('/exit', TOKEN), /^This cannot be dialed/);
    assert.equal(await dial('+49 30 123456', TOKEN), 'MicroSIP is dialing.');
    assert.match(await dial('1002', TOKEN), /in a call|busy|call/i);
  });

  it('dials nothing as long as there is no password', async () => {
    await deploy('');
    for (const headers of [{}, { authorization: 'Bearer ' }])
      await assert.rejects(
        nodeRed.fetch('/phone', {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: '{"number": "1001"}',
        }),
        /403/,
      );
  });

  it('makes a bookmark that opens the page with what is selected', async () => {
    await page.goto(`${nodeRed.url}/phone`);
    const link = await page.getByRole('link', { name: 'dial what is selected' }).getAttribute('href');
    assert.match(
      link ?? '',
      /^javascript:void open\("http:\/\/127\.0\.0\.1:\d+\/phone\?number="\+encodeURIComponent\(getSelection\(\)\)\)$/,
    );
  });
});
