import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addToTrace, ForeignFileError } from '../../../src/trace/own-trace-file';
import { skipBecause } from '../../support/skip';

const LONGEST = 1000;

describe('the file of a trace', () => {
  let directory = '';
  let paths = { current: '', older: '' };
  const add = (text: string): Promise<void> => addToTrace(paths, text, LONGEST);
  const lines = (path: string): string[] => readFileSync(path, 'utf8').trimEnd().split('\n');

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'trace-'));
    const folder = join(directory, 'microsip-trace');
    paths = { current: join(folder, 'p.log'), older: join(folder, 'p.1.log') };
  });

  afterEach(() => {
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  });

  it('says first what it is, and goes on where it stopped', async () => {
    await add('one\n');
    await add('two\n');
    const [first = '', ...rest] = lines(paths.current);
    assert.match(first, /^# MicroSIP trace 1, Node\.js v\d+.*, \w+ \w+$/);
    assert.deepEqual(rest, ['one', 'two']);
    assert.equal(existsSync(paths.older), false);
  });

  it('is nobody else’s to read', async function () {
    if (process.platform === 'win32') skipBecause(this, 'Windows has no such bits');
    await add('one\n');
    assert.equal(statSync(paths.current).mode & 0o077, 0);
  });

  it('becomes the older one when it would get too long, and the one before that is gone', async () => {
    const long = (what: string): string => `${what} ${'x'.repeat(400)}\n`;
    for (const what of ['a', 'b', 'c', 'd', 'e']) await add(long(what));
    const begins = (path: string): string[] => lines(path).map((one) => one[0] ?? '');
    assert.deepEqual(
      [begins(paths.older), begins(paths.current)],
      [
        ['#', 'c', 'd'],
        ['#', 'e'],
      ],
    );
    for (const path of [paths.older, paths.current]) assert.ok(statSync(path).size <= LONGEST);
  });

  describe('is not written where there is', () => {
    let victim = '';
    beforeEach(() => {
      victim = join(directory, 'victim');
      writeFileSync(victim, '# MicroSIP trace');
    });

    const refuses = async (): Promise<void> => {
      await assert.rejects(add('one\n'), ForeignFileError);
      assert.equal(readFileSync(victim, 'utf8'), '# MicroSIP trace');
    };

    it('a file that is no trace', async () => {
      mkdirSync(join(directory, 'microsip-trace'));
      writeFileSync(paths.current, 'mine');
      await refuses();
      assert.equal(readFileSync(paths.current, 'utf8'), 'mine');
    });

    it('a second name of a file', async () => {
      mkdirSync(join(directory, 'microsip-trace'));
      linkSync(victim, paths.current);
      await refuses();
    });

    it('a folder', async () => {
      mkdirSync(paths.current, { recursive: true });
      await refuses();
    });

    it('a link to a file', async function () {
      if (process.platform === 'win32') skipBecause(this, 'links need rights on Windows');
      mkdirSync(join(directory, 'microsip-trace'));
      symlinkSync(victim, paths.current);
      await refuses();
    });

    it('a link to nothing', async function () {
      if (process.platform === 'win32') skipBecause(this, 'links need rights on Windows');
      mkdirSync(join(directory, 'microsip-trace'));
      const nothing = join(directory, 'nothing');
      symlinkSync(nothing, paths.current);
      await refuses();
      assert.equal(existsSync(nothing), false);
    });

    it('a link instead of the folder', async function () {
      if (process.platform === 'win32') skipBecause(this, 'links need rights on Windows');
      const elsewhere = join(directory, 'elsewhere');
      mkdirSync(elsewhere);
      symlinkSync(elsewhere, join(directory, 'microsip-trace'));
      await refuses();
      assert.equal(existsSync(join(elsewhere, 'p.log')), false);
    });

    it('a pipe', async function () {
      if (process.platform === 'win32') skipBecause(this, 'pipes have names of their own on Windows');
      mkdirSync(join(directory, 'microsip-trace'));
      execFileSync('mkfifo', [paths.current]);
      await refuses();
    });

    it('something else where the older part would be', async () => {
      mkdirSync(join(directory, 'microsip-trace'));
      writeFileSync(paths.older, 'mine');
      await add(`${'x'.repeat(LONGEST)}\n`);
      await refuses();
      assert.equal(readFileSync(paths.older, 'utf8'), 'mine');
    });
  });
});
