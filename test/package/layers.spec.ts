import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/checkout';

describe('the layers of the tests', () => {
  let layers: typeof import('../../scripts/lib/layers.mjs').LAYERS;
  let specsIn: typeof import('../../scripts/lib/specs.mjs').specsIn;

  before(async () => {
    ({ LAYERS: layers } = await import('../../scripts/lib/layers.mjs'));
    ({ specsIn } = await import('../../scripts/lib/specs.mjs'));
  });

  it('leave out no spec', () => {
    const run = new Set(layers.flatMap(({ folders }) => folders.flatMap(specsIn)));
    assert.ok(run.size > 100);
    assert.deepEqual(
      specsIn('test').filter((spec) => !run.has(spec)),
      [],
    );
  });

  it('have a spec in each of their folders', () => {
    for (const { name, folders } of layers)
      for (const folder of folders) assert.ok(specsIn(folder).length > 0, `${name}: ${folder}`);
  });

  it('are named in docs/development.md', () => {
    const page = readFileSync(join(ROOT, 'docs/development.md'), 'utf8');
    for (const { name, group = name } of layers)
      assert.ok(page.includes(`\`${name}\``) || page.includes(`\`${group}\``), name);
  });
});
