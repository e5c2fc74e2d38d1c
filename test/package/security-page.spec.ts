import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/checkout';

describe('SECURITY.md', () => {
  const page = readFileSync(join(ROOT, 'SECURITY.md'), 'utf8');
  const folder = join(ROOT, 'src/node-red/admin');
  const sources = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  const all = (pattern: RegExp): string[] =>
    sources.flatMap((text) => [...text.matchAll(pattern)].map(([, found = '']) => found)).sort();

  it('has every endpoint of the editor, and no other', () => {
    const told = [...page.matchAll(/^\| `POST (\/[\w/-]+)`/gm)].map(([, path = '']) => path).sort();
    assert.ok(told.length > 3);
    assert.deepEqual(told, all(/serveAdmin\(RED, '([^']+)'/g));
  });

  it('names every permission', () => {
    const permissions = all(/needsPermission\('([^']+)'\)/g);
    assert.ok(permissions.length > 0);
    for (const permission of permissions) assert.ok(page.includes(`\`${permission}\``), permission);
  });
});
