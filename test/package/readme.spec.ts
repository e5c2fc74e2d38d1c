import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CALL_EVENTS, PHONE_EVENTS } from '../../src/phone/phone-event';
import { ERROR_CODES } from '../../src/phone/errors/phone-error';
import { MANIFEST, ROOT, TYPES } from '../support/checkout';

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const README = read('README.md');
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter(isPage)
    .map((name) => `docs/${name.replaceAll('\\', '/')}`),
];
const SCRIPTS = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;

function foldersIn(folder: string): string[] {
  const entries = readdirSync(join(ROOT, folder), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

function isPage(name: string): boolean {
  return name.endsWith('.md');
}

describe('the documentation', () => {
  it('names every node by its label in the palette', () => {
    for (const type of TYPES) {
      const { label } = JSON.parse(read(`locales/en-US/${type}.json`)) as { label: string };
      assert.ok(README.includes(`| **${label}**`), label);
    }
  });

  it('tells of every error code', () => {
    for (const code of ERROR_CODES) assert.ok(README.includes(`\`${code}\``), code);
  });

  it('names every event of the call status node, and no other', () => {
    const [row = ''] = /^\| \*\*call status\*\*.*$/m.exec(README) ?? [];
    const named = [...row.matchAll(/`(\w+)`/g)].map(([, name]) => name);
    assert.deepEqual(named, [...CALL_EVENTS, ...PHONE_EVENTS]);
  });

  it('names only examples that exist, and those for whole tasks', () => {
    const there = readdirSync(join(ROOT, 'examples')).map((file) => file.replace(/\.json$/, ''));
    const named = [...README.matchAll(/`([A-Z][A-Za-z ]* - [^`]+)`/g)].map(([, name]) => name ?? '');
    assert.ok(named.length > 10);
    assert.deepEqual(
      named.filter((name) => !there.includes(name)),
      [],
    );
  });

  it('has the versions of the manifest', () => {
    const [nodeRed, node] = [MANIFEST['node-red'].version, MANIFEST.engines.node].map((range) =>
      range.replace('>=', ''),
    );
    assert.ok(
      README.includes(`Node-RED ${nodeRed?.replace(/\.0$/, '') ?? ''} or newer, Node.js ${node ?? ''} or newer`),
    );
  });

  it('links only to what is there', () => {
    for (const page of PAGES)
      for (const [, target = ''] of read(page).matchAll(/\]\((?!https?:)([^)#]*)(?:#[^)]*)?\)/g))
        assert.ok(target === '' || existsSync(join(ROOT, dirname(page), target)), `${page}: ${target}`);
  });

  it('names only scripts of npm that there are', () => {
    for (const page of PAGES)
      for (const [, script = ''] of read(page).matchAll(/npm (?:run )?(start|test|run [\w:]+|(?<=run )[\w:]+)/g))
        assert.ok(Object.hasOwn(SCRIPTS, script.replace('run ', '')), `${page}: npm run ${script}`);
  });

  it('tells a newcomer what is in every folder', () => {
    const rows = [...read('docs/development.md').matchAll(/^\| `([\w/-]+)`/gm)].map(([, name = '']) => name);
    const told = rows.map((name) => name.replace(/\/$/, ''));
    const made = read('.gitignore');
    const tops = foldersIn('').filter((name) => /^[a-z]/.test(name) && !made.includes(name) && name !== 'src');
    for (const folder of [...tops, ...foldersIn('src').map((name) => `src/${name}`)])
      assert.ok(told.includes(folder), folder);
  });
});
