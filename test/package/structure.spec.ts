import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/checkout';
import { imports, partOf, reachable } from '../support/imports';

describe('structure of the source', () => {
  const files = imports();
  const parts = new Map<string, Set<string>>();
  for (const [file, targets] of files) {
    const part = partOf(file);
    const known = parts.get(part) ?? parts.set(part, new Set()).get(part);
    for (const target of targets) if (partOf(target) !== part) known?.add(partOf(target));
  }
  const page = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');
  const [, picture = ''] = /```mermaid\nflowchart TD\n(.*?)```/s.exec(page) ?? [];
  const drawn = new Map<string, string[]>();
  for (const [, from = '', to = ''] of picture.matchAll(/^ *([\w-]+) --> ([\w -]+(?: & [\w-]+)*)$/gm)) {
    drawn.set(from, [...(drawn.get(from) ?? []), ...to.split(' & ')]);
  }

  it('has files and parts to look at', () => {
    assert.ok(files.size > 250);
    assert.ok(parts.size > 15);
    assert.ok(drawn.size > 10);
  });

  it('has no files that import each other in a circle, not even for types', () => {
    const circles = [...reachable(files)].filter(([file, all]) => all.has(file)).map(([file]) => file);
    assert.deepEqual(circles, []);
  });

  it('has no folders that reach each other', () => {
    const circles = [...reachable(parts)].filter(([part, all]) => all.has(part)).map(([part]) => part);
    assert.deepEqual(circles, []);
  });

  it('is drawn in docs/architecture.md: each import runs along its arrows', () => {
    const ways = reachable(drawn);
    const missing = [...parts].flatMap(([from, targets]) =>
      [...targets].filter((to) => ways.get(from)?.has(to) !== true).map((to) => `${from} --> ${to}`),
    );
    assert.deepEqual(missing, []);
  });

  it('is drawn with no arrow that no import takes', () => {
    const unused = [...drawn].flatMap(([from, targets]) =>
      targets.filter((to) => parts.get(from)?.has(to) !== true).map((to) => `${from} --> ${to}`),
    );
    assert.deepEqual(unused, []);
  });
});
