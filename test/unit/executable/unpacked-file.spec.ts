import assert from 'node:assert/strict';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { unpackedFile, unpackingFolder } from '../../../executable/unpacked-file';
import { PhoneError } from '../../../src/phone/errors/phone-error';

const CONTENT = Buffer.from('what Windows loads'.repeat(10_000));
const NOT_UNPACKED = (error: unknown): boolean =>
  error instanceof PhoneError && error.messageKey === 'error.unsupported.not_unpacked';

describe('a file that is taken out of the exe', () => {
  let root: string;

  beforeEach(() => {
    root = join(mkdtempSync(join(tmpdir(), 'unpacked-')), 'Ada Lovelace', 'microsip-agent');
  });
  afterEach(() => {
    rmSync(dirname(dirname(root)), { recursive: true, force: true });
  });
  const unpack = (): string => unpackedFile(root, 'koffi.node', CONTENT);

  it('lies whole in a folder named after its content, with nothing beside it', () => {
    const path = unpack();
    assert.deepEqual(readFileSync(path), CONTENT);
    assert.match(path.slice(root.length + 1), /^[0-9a-f]{16}[\\/]koffi\.node$/);
    assert.deepEqual(readdirSync(dirname(path)), ['koffi.node']);
    assert.notEqual(dirname(unpackedFile(root, 'koffi.node', Buffer.from('of another version'))), dirname(path));
  });

  it('is left alone when it is right', () => {
    const path = unpack();
    const before = statSync(path);
    assert.equal(unpack(), path);
    assert.deepEqual([statSync(path).ino, statSync(path).mtimeMs], [before.ino, before.mtimeMs]);
  });

  for (const [what, put] of Object.entries({
    'another program of the same length': (path: string) => {
      writeFileSync(path, Buffer.from(CONTENT).fill('x', 0, 1));
    },
    'half of it': (path: string) => {
      writeFileSync(path, CONTENT.subarray(0, 100));
    },
    'more than it': (path: string) => {
      writeFileSync(path, Buffer.concat([CONTENT, Buffer.from('!')]));
    },
    'a link to something else': (path: string) => {
      writeFileSync(join(root, 'evil'), 'evil');
      rmSync(path);
      symlinkSync(join(root, 'evil'), path);
    },
  })) {
    it(`is put there again when ${what} has taken its place`, () => {
      const path = unpack();
      put(path);
      assert.equal(unpack(), path);
      assert.deepEqual(readFileSync(path), CONTENT);
      assert.deepEqual(readdirSync(dirname(path)), [basename(path)]);
      if (existsSync(join(root, 'evil'))) assert.equal(readFileSync(join(root, 'evil'), 'utf8'), 'evil');
    });
  }

  it('is refused, in words, when something there cannot be replaced', () => {
    const path = unpack();
    rmSync(path);
    mkdirSync(path);
    assert.throws(unpack, NOT_UNPACKED);
    assert.deepEqual(readdirSync(dirname(path)), ['koffi.node']);
  });

  it('is refused, in words, when the folder cannot be made', () => {
    mkdirSync(dirname(root), { recursive: true });
    writeFileSync(root, 'a file');
    assert.throws(unpack, (error) => {
      assert.ok(error instanceof PhoneError && NOT_UNPACKED(error));
      assert.ok(error.message.includes(root));
      assert.match(error.message, /ENOTDIR|EEXIST/);
      return true;
    });
  });

  it('is whole for each of several programs that start at once', async () => {
    const script = `
      const { workerData, parentPort } = require('node:worker_threads');
      const { readFileSync } = require('node:fs');
      const { unpackedFile } = require(workerData.module);
      const content = Buffer.from(workerData.content);
      parentPort.postMessage('ready');
      Atomics.wait(workerData.start, 0, 0);
      const path = unpackedFile(workerData.root, 'koffi.node', content);
      parentPort.postMessage(readFileSync(path).equals(content));`;
    const module = join(__dirname, '../../../executable/unpacked-file.ts');
    const start = new Int32Array(new SharedArrayBuffer(4));
    const workerData = { module, root, content: CONTENT, start };
    const workers = Array.from(
      { length: 4 },
      () => new Worker(script, { eval: true, workerData, execArgv: ['--require', 'tsx/cjs'] }),
    );
    await Promise.all(workers.map((worker) => once(worker, 'message')));
    const answers = workers.map((worker) => once(worker, 'message'));
    Atomics.store(start, 0, 1);
    Atomics.notify(start, 0);
    assert.deepEqual((await Promise.all(answers)).flat(), [true, true, true, true]);
    assert.deepEqual(readdirSync(dirname(unpack())), ['koffi.node']);
  });

  it('is for this user alone, wherever Windows keeps such things', () => {
    assert.equal(unpackingFolder({ LOCALAPPDATA: '/local' }), join('/local', 'microsip-agent'));
    assert.match(unpackingFolder({}), /AppData.Local.microsip-agent$/);
  });
});
