import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOCUMENTED_IDS } from '../../src/links/documented-ids';
import { CONNECTIONS } from '../../src/phone/phone-settings';
import { DIFFERENCES } from '../contract/differences';
import type { WorldTraits } from '../contract/world';

describe('docs/interfaces.md', () => {
  const page = readFileSync(join(__dirname, '../../docs/interfaces.md'), 'utf8').replace(/\s+/g, ' ');

  it('tells all that may differ between the connections', () => {
    for (const { lacks = {} } of Object.values<WorldTraits>(DIFFERENCES))
      for (const why of Object.values(lacks)) assert.ok(page.includes(why), `not told: ${why}`);
  });

  it('names every connection', () => {
    for (const connection of CONNECTIONS.filter((name) => name !== 'mqtt'))
      assert.ok(page.includes(`\`${connection}\``), connection);
  });

  it('has the numbers of the documented commands', () => {
    for (const [command, id] of Object.entries(DOCUMENTED_IDS)) assert.ok(page.includes(`${command} ${id}`), command);
  });
});
