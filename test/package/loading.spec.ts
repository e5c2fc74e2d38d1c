import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const DIST = join(__dirname, '../../dist');

describe('loading the package', () => {
  it('loads koffi only when a real window is connected', () => {
    const files = [
      join(DIST, 'src/index.js'),
      ...readdirSync(join(DIST, 'nodes'))
        .filter((file) => file.endsWith('.js'))
        .map((file) => join(DIST, 'nodes', file)),
    ];
    const script = `
      for (const file of ${JSON.stringify(files)}) require(file);
      const { createPhone } = require(${JSON.stringify(files[0])});
      const phone = createPhone({ connection: 'simulator' });
      phone.open().then(() => phone.close()).then(() => {
        console.log(JSON.stringify(Object.keys(require.cache).filter((file) => /koffi/.test(file))));
      });`;
    assert.equal(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }).trim(), '[]');
  });
});
