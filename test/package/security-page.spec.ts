import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/checkout';

describe('SECURITY.md', () => {
  const page = readFileSync(join(ROOT, 'SECURITY.md'), 'utf8');
  const folder = join(ROOT, 'src/node-red');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(folder, file), 'utf8'));
  const all = (pattern: RegExp): string[] =>
    sources.flatMap((text) => [...text.matchAll(pattern)].map(([, found = '']) => found)).sort();

  it('has every endpoint of the editor, and no other', () => {
    for (const [method, pattern] of [
      ['POST', /serveAdmin\(RED, '([^']+)'/g],
      ['GET', /serveReading\(RED, '([^']+)'/g],
    ] as const) {
      const told = [...page.matchAll(new RegExp(`^\\| \`${method} (/[\\w/-]+)\``, 'gm'))].map(([, path = '']) => path);
      assert.ok(told.length > 0);
      assert.deepEqual(told.sort(), all(pattern), method);
    }
  });

  it('names every permission', () => {
    const permissions = all(/needsPermission\('([^']+)'\)/g);
    assert.ok(permissions.length > 0);
    for (const permission of permissions) assert.ok(page.includes(`\`${permission}\``), permission);
  });
});
