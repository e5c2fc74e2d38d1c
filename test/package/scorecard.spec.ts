import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { MANIFEST, readFlow, ROOT, TYPES } from '../support/checkout';

const semver = createRequire(__filename)('semver') as {
  satisfies(version: string, range: string): boolean;
  minVersion(range: string): { version: string };
};

/** Both lines of Node-RED that we are made for, as they are installed here. */
const NODE_RED = ['node-red', 'node-red-5'].map((name) => {
  const file = join(ROOT, 'node_modules', name, 'package.json');
  return JSON.parse(readFileSync(file, 'utf8')) as { version: string; engines: { node: string } };
});

/** What only arranges the others. */
const DRAWN = ['group', 'link in', 'link out'];

/** What the scorecard of the Node-RED library checks, by its codes; the checks that need its catalogue are left out. */
describe('the scorecard of the Node-RED library', () => {
  it('P01: there is a licence, and its text', () => {
    assert.equal(MANIFEST.license, 'Apache-2.0');
    assert.match(readFileSync(join(ROOT, 'LICENSE'), 'utf8'), /Apache License\s+Version 2\.0/);
  });

  it('P03: repository and bugs are named', () => {
    assert.ok(MANIFEST.repository);
    assert.ok(MANIFEST.bugs);
  });

  it('P04: the name has a scope', () => {
    assert.match(MANIFEST.name, /^@[a-z0-9-]+\/[a-z0-9-]+$/);
  });

  it('P05: the keyword node-red is there', () => {
    assert.ok(MANIFEST.keywords.includes('node-red'));
  });

  it('P06: made for the Node-RED of today and the one before', () => {
    for (const { version } of NODE_RED) assert.ok(semver.satisfies(version, MANIFEST['node-red'].version), version);
  });

  it('P07: runs on the oldest Node.js that Node-RED 5 runs on', () => {
    const engines = NODE_RED.at(-1)?.engines.node ?? '';
    const { version } = semver.minVersion(engines);
    assert.ok(semver.satisfies(version, MANIFEST.engines.node), version);
  });

  it('N02: every node is used in an example, a config node beside it', () => {
    const used = new Set(exampleFiles().flatMap((file) => readFlow(file).map((node) => node.type)));
    assert.deepEqual(
      TYPES.filter((type) => !used.has(type)),
      [],
    );
  });

  it('N02: examples use our nodes and those of Node-RED only, but for the dashboard', () => {
    const known = new Set([...TYPES, ...typesOfNodeRed()]);
    const foreign = exampleFiles().flatMap((file) =>
      readFlow(file)
        .map(({ type }) => `${basename(file)}: ${String(type)}`)
        .filter(
          (line) =>
            !known.has(line.split(': ')[1] ?? '') &&
            !/^Dashboard - .*: ui-[a-z-]+$|^Fleet - .* dashboard\.json: ui-[a-z]+$/.test(line),
        ),
    );
    assert.deepEqual(foreign, []);
  });

  it('examples are small, explained by one comment, and name what they need', () => {
    for (const file of exampleFiles()) {
      const nodes = readFlow(file);
      const onCanvas = nodes.filter((node) => 'z' in node && 'x' in node && !DRAWN.includes(String(node['type'])));
      const comments = onCanvas.filter(({ type }) => type === 'comment');
      assert.ok(onCanvas.length <= 12, `${basename(file)} has ${onCanvas.length} nodes`);
      assert.equal(comments.length, 1, basename(file));
      const info = String(comments[0]?.['info']);
      assert.ok(info.length > 40, `${basename(file)} explains nothing`);
      if (basename(file).startsWith('Dashboard')) assert.match(info, /@flowfuse\/node-red-dashboard/);
    }
  });

  it('all examples leave one phone when they are imported, and one with rules', () => {
    const shared = new Map<string, Set<string>>();
    for (const node of exampleFiles().flatMap((file) => readFlow(file)))
      if (!('z' in node) && node['type'] !== 'tab') {
        const id = String(node['id']);
        shared.set(id, (shared.get(id) ?? new Set()).add(JSON.stringify(node)));
      }
    for (const [id, versions] of shared) assert.equal(versions.size, 1, id);
    const phones = [...shared.values()].flatMap((versions) =>
      [...versions].filter((text) => text.includes('"microsip-phone"')),
    );
    assert.deepEqual(phones.map((text) => (JSON.parse(text) as { name: string }).name).sort(), [
      'Simulated phone',
      'Simulated phone with rules',
    ]);
  });

  it('every example is run by a test', () => {
    const specs = ['test/nodes', 'test/browser'].flatMap((folder) =>
      readdirSync(join(ROOT, folder)).map((file) => readFileSync(join(ROOT, folder, file), 'utf8')),
    );
    const names = exampleFiles().map((file) => basename(file, '.json'));
    assert.deepEqual(
      names.filter((name) => !specs.some((spec) => spec.includes(name))),
      [],
    );
  });

  it('D01: six runtime dependencies at most', () => {
    assert.ok(Object.keys(MANIFEST.dependencies ?? {}).length <= 6);
  });
});

function exampleFiles(): string[] {
  const folder = join(ROOT, 'examples');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
  return files.map((file) => join(folder, file));
}

/** The types of Node-RED itself, read from the forms of its nodes. */
function typesOfNodeRed(): Set<string> {
  const folder = join(ROOT, 'node_modules/@node-red/nodes/core');
  const forms = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.html'));
  const types = forms.flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/data-template-name="([^"]+)"/g)].map(
      ([, type]) => type ?? '',
    ),
  );
  return new Set(['tab', 'group', 'subflow', ...types]);
}
