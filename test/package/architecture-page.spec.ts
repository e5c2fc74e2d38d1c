import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/checkout';

describe('docs/architecture.md', () => {
  const page = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `([\w./-]+)` /gm)].map(([, folder = '']) => folder);

  it('names only folders that there are', () => {
    assert.ok(rows.length > 10);
    assert.deepEqual(
      rows.filter((folder) => !existsSync(join(ROOT, folder))),
      [],
    );
  });

  it('tells a newcomer what is in every folder', () => {
    const made = readFileSync(join(ROOT, '.gitignore'), 'utf8');
    const tops = foldersIn('').filter((name) => /^[a-z]/.test(name) && !made.includes(name) && name !== 'src');
    assert.ok(tops.length > 5);
    assert.deepEqual(
      [...tops, ...foldersIn('src').map((name) => `src/${name}`)].filter((folder) => !rows.includes(folder)),
      [],
    );
  });

  it('names only files and parts that there are', () => {
    const files = ['src', 'scripts'].flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }),
    );
    const names = new Set(files.map((file) => file.replace(/^.*[\\/]|\.d\.ts$|\.m?ts$|\.mjs$/g, '')));
    const named = [...page.matchAll(/`([a-z]+(?:-[a-z]+)+)`/g)].map(([, name = '']) => name);
    assert.ok(named.length > 5);
    assert.deepEqual(
      [...new Set(named)].filter((name) => !names.has(name) && !/^microsip-(?:hook|doctor|agent)$/.test(name)),
      [],
    );
  });
});

function foldersIn(folder: string): string[] {
  const entries = readdirSync(join(ROOT, folder), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}
