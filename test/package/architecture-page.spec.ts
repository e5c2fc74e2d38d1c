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

  it('names every part of the source', () => {
    const parts = readdirSync(join(ROOT, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    assert.deepEqual(
      parts.map(({ name }) => `src/${name}`).filter((folder) => !rows.includes(folder)),
      [],
    );
  });

  it('names only files and parts that there are', () => {
    const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
    const names = new Set(files.map((file) => file.replace(/^.*[\\/]|\.d\.ts$|\.ts$/g, '')));
    const named = [...page.matchAll(/`([a-z]+(?:-[a-z]+)+)`/g)].map(([, name = '']) => name);
    assert.ok(named.length > 5);
    assert.deepEqual(
      [...new Set(named)].filter((name) => !names.has(name) && !/^microsip-(?:hook|doctor)$/.test(name)),
      [],
    );
  });
});
