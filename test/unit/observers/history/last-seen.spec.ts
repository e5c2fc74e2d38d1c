import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileRefusedError } from '../../../../src/files/regular-file';
import { LastSeenFile, lastSeenFile, type LastSeen } from '../../../../src/observers/history/last-seen';
import { skipBecause } from '../../../support/skip';

const seen = (id: number): LastSeen => ({ id, key: 'k', time: 1_795_377_600, open: [[id, 'a@b']], done: [[1, 'c@d']] });

describe('the file that keeps what was told', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'last-seen-'));
    path = join(folder, 'deeper', 'seen.json');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, maxRetries: 5 });
  });

  it('gives back each entry after a restart', async () => {
    const file = new LastSeenFile(path);
    assert.equal(await file.load('C:\\a.db'), undefined);
    await file.save('C:\\a.db', seen(5));
    await file.save('__proto__', seen(6));
    for (const name of ['C:\\a.db', '__proto__']) {
      const { id, key, time, open, done } = (await new LastSeenFile(path).load(name)) ?? seen(0);
      assert.deepEqual({ id, key, time, open, done }, seen(name === '__proto__' ? 6 : 5));
    }
    assert.deepEqual(readdirSync(join(folder, 'deeper')), ['seen.json']);
  });

  it('is the same object for all phones of a directory', () => {
    assert.equal(lastSeenFile(folder), lastSeenFile(join(folder, '.')));
    assert.notEqual(lastSeenFile(folder), lastSeenFile(join(folder, 'x')));
  });

  it('holds what was saved last, also when many save at once', async () => {
    const file = new LastSeenFile(path);
    await Promise.all(Array.from({ length: 100 }, (_, i) => file.save(i % 2 ? 'odd' : 'even', seen(i))));
    const again = new LastSeenFile(path);
    assert.deepEqual([(await again.load('even'))?.id, (await again.load('odd'))?.id], [98, 99]);
  });

  it('counts as empty when it is damaged, and is made anew', async () => {
    const damaged = [
      '',
      '{',
      '[]',
      'null',
      '{"entries":[]}',
      '{"entries":{"a":null}}',
      '{"entries":{"a":{"id":"5","key":"","time":1,"savedAt":1,"open":[],"done":[]}}}',
      '{"entries":{"a":{"id":5,"key":"","time":1,"savedAt":1,"open":[1],"done":[]}}}',
    ];
    for (const text of damaged) {
      const at = join(folder, 'damaged.json');
      writeFileSync(at, text);
      const file = new LastSeenFile(at);
      assert.equal(await file.load('a'), undefined, text);
      await file.save('a', seen(3));
      assert.equal((await new LastSeenFile(at).load('a'))?.id, 3);
    }
  });

  it('says when it cannot be written, and goes on in memory', async () => {
    writeFileSync(join(folder, 'deeper'), 'a file where the directory should be');
    const file = new LastSeenFile(path);
    await assert.rejects(file.save('a', seen(1)));
    assert.equal((await file.load('a'))?.id, 1);
    rmSync(join(folder, 'deeper'));
    await file.save('a', seen(2));
    assert.equal((await new LastSeenFile(path).load('a'))?.id, 2);
  });

  it('keeps only the entries that were saved last', async () => {
    const file = new LastSeenFile(path);
    for (let i = 0; i < 60; i += 1) await file.save(`n${i}`, seen(i));
    assert.ok(Object.keys((JSON.parse(readFileSync(path, 'utf8')) as { entries: object }).entries).length <= 50);
  });

  it('keeps what two programs tell of their phones, however they go on', async () => {
    const [one, other] = [new LastSeenFile(path), new LastSeenFile(path)];
    await one.save('a', seen(1));
    await other.save('b', seen(2));
    await one.save('a', seen(3));
    await other.save('c', seen(4));
    const found = new LastSeenFile(path);
    assert.deepEqual(await Promise.all(['a', 'b', 'c'].map(async (name) => (await found.load(name))?.id)), [3, 2, 4]);
    assert.equal((await one.load('c'))?.id, 4);
  });

  it('keeps the last word of each of four programs that write it all the time', async () => {
    const module = join(__dirname, '../../../../src/observers/history/last-seen.ts');
    const program = (name: string): string => `
      const { LastSeenFile } = require(${JSON.stringify(module)});
      const file = new LastSeenFile(${JSON.stringify(path)});
      (async () => { for (let id = 1; id <= 40; id += 1) await file.save('${name}', { id, key: '', time: 1, open: [], done: [] }); })();`;
    const names = ['a', 'b', 'c', 'd'];
    const children = names.map((name) =>
      spawn(process.execPath, ['--require', 'tsx/cjs', '-e', program(name)], { stdio: 'ignore' }),
    );
    assert.deepEqual(
      await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0] as unknown)),
      [0, 0, 0, 0],
    );
    const file = new LastSeenFile(path);
    assert.deepEqual(await Promise.all(names.map(async (name) => (await file.load(name))?.id)), [40, 40, 40, 40]);
    assert.deepEqual(readdirSync(join(folder, 'deeper')), ['seen.json']);
  });

  it('is written although a program was killed while it wrote', async () => {
    const file = new LastSeenFile(path);
    await file.save('a', seen(1));
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    writeFileSync(`${path}.lock`, `${pid} ${hostname()}`);
    writeFileSync(`${path}.new`, '{"entries":');
    await file.save('a', seen(2));
    writeFileSync(`${path}.lock`, '');
    await file.save('a', seen(3));
    assert.equal((await new LastSeenFile(path).load('a'))?.id, 3);
    assert.deepEqual(readdirSync(join(folder, 'deeper')), ['seen.json']);
  });

  it('is not replaced, and no hindrance, when it is a pipe, a folder or too large', async function () {
    if (process.platform === 'win32') skipBecause(this, 'Windows has no such pipes');
    const make: Record<string, (at: string) => void> = {
      pipe: (at) => execFileSync('mkfifo', [at]),
      folder: (at) => {
        mkdirSync(at);
      },
      large: (at) => {
        writeFileSync(at, '{"entries":{}}');
        truncateSync(at, 300_000_000);
      },
    };
    for (const [what, making] of Object.entries(make)) {
      for (const ending of ['', '.lock']) {
        const at = join(folder, what + ending);
        making(at + ending);
        const file = new LastSeenFile(at);
        assert.equal(await file.load('a'), undefined, at);
        await assert.rejects(file.save('a', seen(1)), FileRefusedError, at);
        assert.equal((await file.load('a'))?.id, 1, 'it is kept as long as the program runs');
        rmSync(at + ending, { recursive: true });
      }
    }
  });

  it('is given up when the mark beside it names nothing, or when somebody never lets go of it', async function () {
    this.timeout(30_000);
    if (process.platform === 'win32') skipBecause(this, 'Windows makes no links without special rights');
    symlinkSync(join(folder, 'nowhere'), join(folder, 'linked.lock'));
    await assert.rejects(new LastSeenFile(join(folder, 'linked')).save('a', seen(1)), FileRefusedError);
    const held = join(folder, 'held.lock');
    let turn = 0;
    const write = (): void => {
      writeFileSync(held, `${process.pid} ${hostname()}${' '.repeat((turn += 1))}`);
    };
    write();
    const hold = setInterval(write, 100);
    try {
      await assert.rejects(new LastSeenFile(join(folder, 'held')).save('a', seen(1)), /held\.lock/);
    } finally {
      clearInterval(hold);
    }
  });

  it('is written through nothing that lies in the way of its new text', async function () {
    if (process.platform === 'win32') skipBecause(this, 'Windows makes no links without special rights');
    const precious = join(folder, 'precious.txt');
    writeFileSync(precious, 'text');
    mkdirSync(join(folder, 'deeper'));
    symlinkSync(precious, `${path}.new`);
    await new LastSeenFile(path).save('a', seen(1));
    assert.equal(readFileSync(precious, 'utf8'), 'text');
    assert.equal((await new LastSeenFile(path).load('a'))?.id, 1);
  });

  it('is whole at every moment at which the program is killed', async () => {
    const module = join(__dirname, '../../../../src/observers/history/last-seen.ts');
    const program = `
      const { LastSeenFile } = require(${JSON.stringify(module)});
      const file = new LastSeenFile(${JSON.stringify(path)});
      (async () => { for (let i = 1; ; i += 1) await file.save('a', { id: i, key: '', time: 1, open: [], done: Array(200).fill([i, 'x'.repeat(40)]) }); })();`;
    let last = 0;
    for (let round = 0; round < 4; round += 1) {
      const child = spawn(process.execPath, ['--require', 'tsx/cjs', '-e', program], { stdio: 'ignore' });
      const ended = once(child, 'exit');
      const from = Date.now();
      while (Date.now() - from < 10_000 && !existsSync(path)) await new Promise((resolve) => setTimeout(resolve, 5));
      await new Promise((resolve) => setTimeout(resolve, 700 + round * 13));
      child.kill('SIGKILL');
      await ended;
      const found = await new LastSeenFile(path).load('a');
      assert.ok(found && found.id > 0, 'the file is damaged');
      assert.ok(found.done.every(([id]) => id === found.id));
      last = Math.max(last, found.id);
    }
    assert.ok(last > 1);
  });
});
