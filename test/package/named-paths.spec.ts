import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/checkout';

/** A path of the repository in backticks, such as `src/phone/phone.ts`. */
const PATH = /`((?:src|nodes|bin|executable|test|scripts|docs|locales|examples|bench)\/[\w./-]+)`/g;

describe('pages for contributors', () => {
  const pages = [
    ...readdirSync(ROOT),
    ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).map((page) => join('docs', page)),
  ].filter((page) => page.endsWith('.md'));
  const named = pages.flatMap((page) =>
    [...readFileSync(join(ROOT, page), 'utf8').matchAll(PATH)].map(([, path = '']) => ({ page, path })),
  );

  it('name only files and folders that there are', () => {
    assert.ok(named.length > 20);
    assert.deepEqual(
      named.filter(({ path }) => !existsSync(join(ROOT, path))),
      [],
    );
  });
});
