import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOCUMENTED_IDS } from '../../src/documented/documented-ids';
import { CONNECTIONS } from '../../src/settings/settings-table';
import { DIFFERENCES } from '../contract/differences';
import type { WorldTraits } from '../contract/world';
import { ROOT } from '../support/checkout';

const pageOf = (file: string): string => readFileSync(join(ROOT, 'docs', file), 'utf8').replace(/\s+/g, ' ');

describe('docs/interfaces.md', () => {
  const page = pageOf('interfaces.md');

  it('tells all that may differ between the connections', () => {
    for (const { lacks = {} } of Object.values<WorldTraits>(DIFFERENCES))
      for (const why of Object.values(lacks)) assert.ok(page.includes(why), `not told: ${why}`);
  });

  it('names every connection', () => {
    for (const connection of CONNECTIONS) assert.ok(page.includes(`\`${connection}\``), connection);
  });
});

describe('docs/microsip/older-interface.md', () => {
  const page = pageOf('microsip/older-interface.md');

  it('has the numbers of the documented commands', () => {
    for (const [command, id] of Object.entries(DOCUMENTED_IDS)) assert.ok(page.includes(`${command} ${id}`), command);
  });
});
