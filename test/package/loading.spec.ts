import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const DIST = join(__dirname, '../../dist');
const NODES = readdirSync(join(DIST, 'nodes'))
  .filter((file) => file.endsWith('.js'))
  .map((file) => join(DIST, 'nodes', file));

describe('loading the package', () => {
  it('loads neither the phone nor the Windows calls before they are needed', () => {
    const script = `
      for (const file of ${JSON.stringify(NODES)}) require(file);
      console.log(JSON.stringify(Object.keys(require.cache)));`;
    const loaded = JSON.parse(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' })) as string[];
    const folders =
      /[\\/](?:src[\\/](?:win32|simulator|observers|doctor|links|microsip|files|fleet|agent)|node_modules)[\\/]/;
    assert.deepEqual(
      loaded.filter((file) => folders.test(file)),
      [],
    );
    assert.ok(loaded.length > NODES.length);
  });

  it('loads of what the nodes share no more than their registration needs', () => {
    const script = `
      const nothing = () => undefined;
      const RED = {
        nodes: { registerType: nothing }, httpAdmin: { post: nothing }, auth: { needsPermission: nothing },
        events: { on: nothing },
      };
      for (const file of ${JSON.stringify(NODES)}) require(file)(RED);
      console.log(JSON.stringify(Object.keys(require.cache)));`;
    const loaded = JSON.parse(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' })) as string[];
    assert.deepEqual(
      NODES.filter((file) => !loaded.includes(file)),
      [],
    );
    const shared = loaded.filter((file) => !NODES.includes(file)).map((file) => basename(file, '.js'));
    for (const part of ['phone-user', 'phone-service', 'command-reader', 'phone-error'])
      assert.ok(!shared.includes(part));
    assert.ok(shared.length < NODES.length, shared.join(' '));
  });

  it('loads koffi only when a real window is connected, and what agents need only in agents', () => {
    const files = [join(DIST, 'src/index.js'), ...NODES];
    const script = `
      for (const file of ${JSON.stringify(files)}) require(file);
      const { createPhone } = require(${JSON.stringify(files[0])});
      const phone = createPhone({ connection: 'simulator' });
      phone.open().then(() => phone.close()).then(() => {
        console.log(JSON.stringify(Object.keys(require.cache).filter((file) => /koffi|node_modules.(?:mqtt|ajv)\\b|src.(?:agent|fleet)/.test(file))));
      });`;
    assert.equal(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }).trim(), '[]');
  });

  it('loads nothing of a fleet with a phone that is here', () => {
    const files = [join(DIST, 'src/index.js'), ...NODES];
    const script = `
      for (const file of ${JSON.stringify(files)}) require(file);
      const { createPhone } = require(${JSON.stringify(files[0])});
      const phone = createPhone({ connection: 'simulator' });
      phone.open().then(() => phone.close()).then(() => {
        console.log(JSON.stringify(Object.keys(require.cache)));
      });`;
    const loaded = JSON.parse(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' })) as string[];
    const fleet = /[\\/](?:src[\\/](?:fleet|agent)|node_modules[\\/](?:mqtt|ajv))[\\/]/;
    assert.deepEqual(
      loaded.filter((file) => fleet.test(file)),
      [],
    );
  });
});
