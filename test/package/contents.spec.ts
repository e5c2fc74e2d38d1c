import assert from 'node:assert/strict';
import { execSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { SCHEMA_FILE } from '../../src/agent/config/agent-schema';
import { packageProblems, type PackageFile } from '../../scripts/lib/release-parts';
import { MANIFEST, ROOT, TYPES } from '../support/checkout';

/** What `npm publish` would upload. The build is left out: the layers that run beside this one use its result. */
describe('the package file', () => {
  let file: PackageFile;
  let paths: string[];

  before(() => {
    const listing = execSync('npm pack --dry-run --json --ignore-scripts --loglevel=error', {
      cwd: ROOT,
      encoding: 'utf8',
    });
    const answer = JSON.parse(listing) as PackageFile[] | Record<string, PackageFile>;
    const [first = assert.fail('no package')] = Object.values(answer);
    file = first;
    paths = file.files.map(({ path }) => path);
  });

  it('has the script and the form of every node', () => {
    const wanted = TYPES.flatMap((type) => [`dist/nodes/${type}.js`, `dist/nodes/${type}.html`]);
    assert.deepEqual(missing(wanted), []);
  });

  it('has the texts and the help of every node in every language', () => {
    const languages = readdirSync(join(ROOT, 'locales'));
    const wanted = languages.flatMap((language) =>
      TYPES.flatMap((type) => ['json', 'html'].map((ending) => `dist/nodes/locales/${language}/${type}.${ending}`)),
    );
    assert.ok(languages.length > 7);
    assert.deepEqual(missing(wanted), []);
  });

  it('has the sidebar of the editor in every language', () => {
    const texts = readdirSync(join(ROOT, 'locales')).map((language) => `locales/${language}/microsip-sidebar.json`);
    const wanted = ['microsip-sidebar.js', 'microsip-sidebar.html', ...texts].map((name) => `dist/plugins/${name}`);
    assert.deepEqual(missing(wanted), []);
  });

  it('has every icon and every example', () => {
    const icons = readdirSync(join(ROOT, 'icons')).map((name) => `dist/nodes/icons/${name}`);
    const examples = readdirSync(join(ROOT, 'examples')).map((name) => `examples/${name}`);
    assert.ok(icons.length > 0 && examples.length > 0);
    assert.deepEqual(missing([...icons, ...examples]), []);
  });

  it('has the rights for a broker of a fleet', () => {
    assert.deepEqual(missing(['docs/mosquitto/acl', 'docs/mosquitto/mosquitto.conf']), []);
  });

  it('has the library, the licence, the read-me and the list of changes', () => {
    assert.deepEqual(missing([MANIFEST.main, 'LICENSE', 'README.md', 'CHANGELOG.md', 'package.json']), []);
  });

  it('has the programs, and what they run and say', () => {
    const programs = Object.values(MANIFEST.bin);
    assert.deepEqual(Object.keys(MANIFEST.bin), ['microsip-agent', 'microsip-doctor', 'microsip-hook']);
    assert.deepEqual(
      missing([
        ...programs,
        'dist/src/doctor/program/doctor-worker.js',
        'dist/locales/en-US/doctor.json',
        'dist/locales/de/agent.json',
        SCHEMA_FILE,
      ]),
      [],
    );
    for (const program of programs)
      assert.match(readFileSync(join(ROOT, program), 'utf8'), /^#!\/usr\/bin\/env node\n/);
  });

  it('has a hook program that is one file and needs nothing', () => {
    const script = readFileSync(join(ROOT, MANIFEST.bin['microsip-hook'] ?? ''), 'utf8');
    const needed = [...script.matchAll(/(?:require|import)\("([^"]+)"\)/g)].map(([, name = '']) => name);
    assert.ok(needed.length > 0);
    assert.deepEqual(
      needed.filter((name) => !name.startsWith('node:')),
      [],
    );
  });

  it('lets programs have each of its files by the name of the package, scripts also without their ending', () => {
    const { resolve } = createRequire(join(ROOT, 'dist', 'nodes', 'program.js'));
    for (const path of paths) {
      assert.equal(resolve(`${MANIFEST.name}/${path}`), join(ROOT, path));
      if (/^dist\/.*\.js$/.test(path))
        assert.equal(resolve(`${MANIFEST.name}/${path.replace(/\.js$/, '')}`), join(ROOT, path));
    }
  });

  it('has nothing else, and is small', () => {
    assert.deepEqual(packageProblems(file, []), []);
  });

  it('has neither microsip-agent.exe nor what only that needs, wherever it was built', () => {
    const own = paths.filter((path) => /\.(?:exe|node|sha256)$|executable|unpacked|postject/i.test(path));
    assert.deepEqual(own, []);
    const scripts = paths.filter((path) => path.endsWith('.js'));
    assert.deepEqual(
      scripts.filter((path) => readFileSync(join(ROOT, path), 'utf8').includes('node:sea')),
      [],
    );
  });

  function missing(wanted: string[]): string[] {
    return wanted.filter((path) => !paths.includes(path));
  }
});
