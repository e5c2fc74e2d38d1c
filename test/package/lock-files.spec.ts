import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/checkout';

interface Locked {
  resolved?: string;
  integrity?: string;
  inBundle?: boolean;
  link?: boolean;
}

const FOLDERS = ['.', 'test/windows/side', 'executable/packages'];

describe('the lock files', () => {
  for (const folder of FOLDERS)
    it(`tell where each package of ${folder} is, so that npm can take it from its cache without asking`, () => {
      const { packages } = JSON.parse(readFileSync(join(ROOT, folder, 'package-lock.json'), 'utf8')) as {
        packages: Record<string, Locked>;
      };
      const others = Object.entries(packages).filter(([path, { inBundle, link }]) => {
        return path.includes('node_modules/') && !inBundle && !link;
      });
      assert.ok(others.length > 0);
      const without = others.filter(
        ([, { resolved, integrity }]) => !resolved?.startsWith('https://registry.npmjs.org/') || !integrity,
      );
      assert.deepEqual(
        without.map(([path]) => path),
        [],
      );
    });
});
