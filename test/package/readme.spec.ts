import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CALL_EVENTS, PHONE_EVENTS } from '../../src/phone/phone-event';
import { MANIFEST, ROOT, TYPES } from '../support/checkout';

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const README = read('README.md');
const NODES = read('docs/nodes.md');
const EXAMPLES = read('docs/examples.md');
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter(isPage)
    .map((name) => `docs/${name.replaceAll('\\', '/')}`),
];
const WORKFLOWS = readdirSync(join(ROOT, '.github/workflows')).map((name) => `.github/workflows/${name}`);
const SCRIPTS = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;

/** As GitHub makes them of headings, and those that are given. */
function anchorsOf(text: string): string[] {
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading.replace(/<[^>]*>/g, ''));
  const given = [...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id);
  return [
    ...given,
    ...headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  ];
}

function isPage(name: string): boolean {
  return name.endsWith('.md');
}

describe('the documentation', () => {
  it('names every node by its label in the palette', () => {
    for (const type of TYPES) {
      const { label } = JSON.parse(read(`locales/en-US/${type}.json`)) as { label: string };
      assert.ok(NODES.includes(`| **${label}**`), label);
    }
  });

  it('names every event of the call status node, and no other', () => {
    const [row = ''] = /^\| \*\*call status\*\*.*$/m.exec(NODES) ?? [];
    const named = [...row.matchAll(/`(\w+)`/g)].map(([, name]) => name);
    assert.deepEqual(named, [...CALL_EVENTS, ...PHONE_EVENTS]);
  });

  it('names only examples that exist, and those for whole tasks', () => {
    const there = readdirSync(join(ROOT, 'examples')).map((file) => file.replace(/\.json$/, ''));
    const named = [...EXAMPLES.matchAll(/`([A-Z][A-Za-z ]* - [^`]+)`/g)].map(([, name]) => name ?? '');
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

  it('links only to headings that are there', () => {
    for (const page of PAGES)
      for (const [, target = '', id = ''] of read(page).matchAll(/\]\((?!https?:)([^)#]*)#([^)]*)\)/g)) {
        const ids = anchorsOf(read(target === '' ? page : join(dirname(page), target)));
        assert.ok(ids.includes(id), `${page}: ${target}#${id}`);
      }
  });

  it('names only scripts of npm that there are', () => {
    for (const page of [...PAGES, '.ci/run', ...WORKFLOWS])
      for (const [, script = ''] of read(page).matchAll(/npm (?:run )?(start|test|run [\w:]+|(?<=run )[\w:]+)/g))
        assert.ok(Object.hasOwn(SCRIPTS, script.replace('run ', '')), `${page}: npm run ${script}`);
  });
});
