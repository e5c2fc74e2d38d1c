import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  FileRefusedError,
  openRegularFile,
  openRegularFileSync,
  readRegularFile,
  readRegularFileSync,
} from '../../../src/files/regular-file';
import { skipBecause } from '../../support/skip';

const refused = (why: string) => (error: unknown) => error instanceof FileRefusedError && error.why === why;

describe('regular files', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'regular-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  async function refuses(path: string, why: string, longest = 1000): Promise<void> {
    await assert.rejects(readRegularFile(path, longest), refused(why));
    assert.throws(() => readRegularFileSync(path, longest), refused(why));
  }

  it('are read whole, up to the limit, also through a link', async () => {
    const path = join(folder, 'microsip.ini');
    writeFileSync(path, 'x'.repeat(200_000));
    symlinkSync(path, `${path}.link`);
    for (const name of [path, `${path}.link`]) {
      assert.equal((await readRegularFile(name, 200_000)).length, 200_000);
      assert.equal(readRegularFileSync(name, 200_000).length, 200_000);
      await refuses(name, 'too_large', 199_999);
    }
    await (await openRegularFile(path)).close();
    closeSync(openRegularFileSync(path));
  });

  it('that are empty have no content', async () => {
    const path = join(folder, 'microsip.ini');
    writeFileSync(path, '');
    assert.equal((await readRegularFile(path, 0)).length, 0);
    assert.equal(readRegularFileSync(path, 0).length, 0);
  });

  it('that would fill the memory are not begun', async () => {
    const path = join(folder, 'microsip.ini');
    writeFileSync(path, '');
    truncateSync(path, 50 * 1024 ** 3);
    await refuses(path, 'too_large');
  });

  it('are no folders', async () => {
    mkdirSync(join(folder, 'microsip.ini'));
    await refuses(join(folder, 'microsip.ini'), 'not_regular');
  });

  it('that are not there give the error of the file system', async () => {
    await assert.rejects(readRegularFile(join(folder, 'none'), 1), { code: 'ENOENT' });
    assert.throws(() => readRegularFileSync(join(folder, 'none'), 1), { code: 'ENOENT' });
  });

  it('are no pipes that nobody writes to, no sockets and no devices', async function () {
    if (process.platform === 'win32') skipBecause(this, 'Windows has no such files');
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    await refuses(pipe, 'not_regular');
    const server = createServer().listen(join(folder, 'socket'));
    await new Promise((resolve) => server.once('listening', resolve));
    await refuses(join(folder, 'socket'), 'not_regular');
    server.close();
    for (const path of ['/dev/zero', '/dev/null', '/dev/tty', '/dev/stdin'].filter((one) => existsSync(one)))
      await refuses(path, 'not_regular');
  });
});
