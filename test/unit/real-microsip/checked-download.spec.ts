import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import downloads from '../../windows/real/downloads.json';

interface Entry {
  url: string;
  sha256?: string;
}

describe('what is fetched to be run', () => {
  const PROGRAM = 'a program';
  const SHA256 = createHash('sha256').update(PROGRAM).digest('hex');
  let folder: string;
  let server: Server;
  let url: string;
  let fetchChecked: (name: string, file: string, entries: Record<string, Entry>) => Promise<void>;

  before(async () => {
    ({ fetchChecked } = await import('../../../scripts/lib/checked-download.mjs'));
    folder = mkdtempSync(join(tmpdir(), 'download-'));
    server = createServer((request, response) => {
      if (request.url !== '/program') response.statusCode = 404;
      response.end(PROGRAM);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/program`;
  });
  after(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  it('is written only when it is what was meant', async () => {
    const file = join(folder, 'right');
    await fetchChecked('it', file, { it: { url, sha256: SHA256.toUpperCase() } });
    assert.equal(readFileSync(file, 'utf8'), PROGRAM);
  });

  it('is not written when it is something else, is not there, or is not in the list', async () => {
    const file = join(folder, 'wrong');
    const wrong = { it: { url, sha256: '0'.repeat(64) }, gone: { url: `${url}s`, sha256: SHA256 } };
    await assert.rejects(fetchChecked('it', file, wrong), new RegExp(`has the SHA-256 ${SHA256}, not 0000`));
    await assert.rejects(fetchChecked('gone', file, wrong), /HTTP status 404/);
    await assert.rejects(fetchChecked('other', file, wrong), /has no "other"\. There are: it, gone/);
    assert.equal(existsSync(file), false);
  });

  it('is not written without a SHA-256, and it is said how to get one in', async () => {
    const file = join(folder, 'unknown');
    await assert.rejects(
      fetchChecked('it', file, { it: { url } }),
      new RegExp(`no SHA-256 for "it".*${SHA256}.*winget-pkgs.*"sha256".*"source"`),
    );
    assert.equal(existsSync(file), false);
  });

  it('has its SHA-256 and who says so in the list', () => {
    for (const [name, { url: address, sha256, source }] of Object.entries(downloads)) {
      assert.match(address, /^https:\/\//, name);
      assert.match(sha256, /^[0-9a-f]{64}$/, name);
      assert.ok(source, name);
    }
  });
});
