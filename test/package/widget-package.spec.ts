import assert from 'node:assert/strict';
import { execSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { releasedExample, widgetProblems, type PackageFile } from '../../scripts/lib/release-parts';
import { MANIFEST, readFlow, ROOT, type Manifest } from '../support/checkout';

const FOLDER = join(ROOT, 'packages/dashboard');
const WIDGET = JSON.parse(readFileSync(join(FOLDER, 'package.json'), 'utf8')) as Manifest & {
  'node-red-dashboard-2': { widgets: Record<string, { output: string; component: string }> };
  peerDependencies: Record<string, string>;
  peerDependenciesMeta: Record<string, { optional: boolean }>;
};
const SCRIPT = join(FOLDER, 'resources/ui-microsip-phone.umd.js');

describe("the package of the dashboard's widget", () => {
  it('has all that belongs there, and nothing else', () => {
    const listing = execSync(
      'npm pack --dry-run --json --ignore-scripts --loglevel=error --workspace packages/dashboard',
      {
        cwd: ROOT,
        encoding: 'utf8',
      },
    );
    const answer = JSON.parse(listing) as PackageFile[] | Record<string, PackageFile>;
    const [file = assert.fail('no package')] = Object.values(answer);
    assert.deepEqual(widgetProblems(file), []);
    const languages = file.files.filter(({ path }) => /locales.*\.html$/.test(path));
    assert.equal(languages.length, 8);
  }).timeout(60_000);

  it('is named as Dashboard wants it, and names what Dashboard loads', () => {
    assert.match(WIDGET.name, /node-red-dashboard-2-/);
    const { output, component } = WIDGET['node-red-dashboard-2'].widgets['ui-microsip-phone'] ?? assert.fail();
    assert.ok(readdirSync(join(FOLDER, 'resources')).includes(output));
    assert.match(readFileSync(SCRIPT, 'utf8'), new RegExp(`\\.${component}\\s*=`));
  });

  it('can be installed before the nodes are on npm', () => {
    assert.equal(WIDGET.peerDependenciesMeta[MANIFEST.name]?.optional, true);
    assert.equal(WIDGET.dependencies, undefined);
  });

  it('is of one piece with the nodes', () => {
    assert.equal(WIDGET.version, MANIFEST.version);
    assert.equal(WIDGET.license, MANIFEST.license);
    assert.equal(readFileSync(join(FOLDER, 'LICENSE'), 'utf8'), readFileSync(join(ROOT, 'LICENSE'), 'utf8'));
    assert.deepEqual(WIDGET.engines, MANIFEST.engines);
  });

  it('has a script that is small', () => {
    const script = readFileSync(SCRIPT);
    assert.ok(gzipSync(script).length < 60_000, String(gzipSync(script).length));
    // Node-RED sends it as it is.
    assert.ok(script.length < 100_000, String(script.length));
  });

  it('is offered with the examples that need it, in the version that they were made with', () => {
    const examples = readdirSync(join(ROOT, 'examples')).filter((name) =>
      readFlow(join(ROOT, 'examples', name)).some(({ type }) => type === 'ui-microsip-phone'),
    );
    assert.ok(examples.length >= 2);
    for (const name of examples) {
      const needs = readFlow(join(ROOT, 'examples', name)).find(({ type }) => type === 'global-config');
      const modules = needs?.['modules'] as Record<string, string>;
      assert.equal(modules[WIDGET.name], WIDGET.version, name);
      assert.equal(modules[MANIFEST.name], MANIFEST.version, name);
      assert.ok(modules['@flowfuse/node-red-dashboard'], name);
      const text = readFileSync(join(ROOT, 'examples', name), 'utf8');
      assert.equal(releasedExample(text, '9.9.9').split('"9.9.9"').length, 3);
    }
  });
});
