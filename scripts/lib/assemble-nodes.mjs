import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';

const DIST = join(ROOT, 'dist');
const NODES = join(DIST, 'nodes');

/** Puts beside each node's .js what Node-RED looks for there: the .html, icons, catalogs and help. */
export function assembleNodes() {
  const sets = Object.keys(packageJson()['node-red'].nodes);
  for (const set of sets) writeFileSync(join(NODES, `${set}.html`), editorHtml(set));
  cpSync(join(ROOT, 'icons'), join(NODES, 'icons'), { recursive: true });
  for (const language of readdirSync(join(ROOT, 'locales'))) assembleLanguage(language, sets);
}

function editorHtml(set) {
  // The flow library reads the registration out of this script, so it stays inline and unminified.
  const script = readFileSync(join(ROOT, 'build/editor', `${set}.editor.global.js`), 'utf8');
  const template = readFileSync(join(ROOT, 'nodes', `${set}.html`), 'utf8');
  return `<script type="text/javascript">\n${script}</script>\n${template}`;
}

function assembleLanguage(language, sets) {
  const source = join(ROOT, 'locales', language);
  const target = join(NODES, 'locales', language);
  mkdirSync(target, { recursive: true });
  const common = readJson(join(source, 'common.json'));
  for (const set of sets) {
    // A catalog belongs to one node set, so each gets what they share.
    writeFileSync(join(target, `${set}.json`), JSON.stringify(merged(common, readJson(join(source, `${set}.json`)))));
    const help = join(source, `${set}.html`);
    if (existsSync(help)) cpSync(help, join(target, `${set}.html`));
  }
  // The library reads its texts from here when there is no Node-RED.
  const library = join(DIST, 'locales', language);
  mkdirSync(library, { recursive: true });
  cpSync(join(source, 'common.json'), join(library, 'common.json'));
}

function packageJson() {
  return readJson(join(ROOT, 'package.json'));
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Objects of both are joined; what is no object is taken from the second. */
function merged(shared, own) {
  const result = { ...shared };
  for (const [key, value] of Object.entries(own)) {
    const both = typeof value === 'object' && typeof shared[key] === 'object';
    result[key] = both ? merged(shared[key], value) : value;
  }
  return result;
}
