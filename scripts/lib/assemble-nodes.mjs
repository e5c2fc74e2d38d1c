import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';

const DIST = join(ROOT, 'dist');
const NODES = join(DIST, 'nodes');
const ICONS = join(ROOT, 'icons');
const LOCALES = join(ROOT, 'locales');

/** Missing texts of other languages are taken from this one by Node-RED, so only here nothing may be missing. */
const BASE_LANGUAGE = 'en-US';
/** Where a help text takes in what all nodes have in common. */
const COMMON_HELP = /^ *<!-- common\.html -->\n/m;

/** @typedef {{ [key: string]: string | Catalog }} Catalog texts by key */

/** Puts beside each node's .js what Node-RED looks for there: the .html, icons, catalogs and help. */
export function assembleNodes() {
  const sets = nodeSets();
  for (const set of sets) writeFileSync(join(NODES, `${set}.html`), editorHtml(set));
  cpSync(ICONS, join(NODES, 'icons'), { recursive: true });
  for (const language of readdirSync(LOCALES)) assembleLanguage(language, sets);
}

/** @param {string} set */
function editorHtml(set) {
  // The flow library reads the registration out of this script, so it stays inline and unminified.
  const script = readFileSync(join(ROOT, 'build/editor', `${set}.editor.global.js`), 'utf8');
  const icon = /icon: "([^"]+)"/.exec(script)?.[1];
  if (icon && !existsSync(join(ICONS, icon))) throw new Error(`${set}: there is no icons/${icon}`);
  const template = readFileSync(join(ROOT, 'nodes', `${set}.html`), 'utf8');
  return `<script type="text/javascript">\n${script}</script>\n${template}`;
}

/**
 * @param {string} language
 * @param {string[]} sets
 */
function assembleLanguage(language, sets) {
  const source = join(LOCALES, language);
  const target = join(NODES, 'locales', language);
  mkdirSync(target, { recursive: true });
  const common = readCatalog(join(source, 'common.json'));
  /** @type {Record<string, Catalog>} */
  const shared = { 'microsip-phone': { ...common, doctor: readCatalog(join(source, 'doctor.json')) } };
  for (const set of sets) {
    // A catalog belongs to one node set, so each gets what they share, and the phone what its doctor says.
    const catalog = merged(shared[set] ?? common, readCatalog(join(source, `${set}.json`)));
    writeFileSync(join(target, `${set}.json`), JSON.stringify(catalog, null, 2));
    const help = join(source, `${set}.html`);
    if (language === BASE_LANGUAGE || existsSync(help)) writeFileSync(join(target, `${set}.html`), helpHtml(help));
  }
  // Without Node-RED, the library speaks English, and the doctor and the agent the language of their user.
  const library = join(DIST, 'locales', language);
  mkdirSync(library, { recursive: true });
  for (const file of ['agent.json', 'common.json', 'doctor.json']) cpSync(join(source, file), join(library, file));
}

/** @param {string} file */
function helpHtml(file) {
  const help = readFileSync(file, 'utf8');
  if (!COMMON_HELP.test(help)) return help;
  const common = readFileSync(join(file, '../common.html'), 'utf8');
  return help.replace(COMMON_HELP, () => common);
}

function nodeSets() {
  const manifest = /** @type {{ 'node-red': { nodes: Record<string, string> } }} */ (
    JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  );
  return Object.keys(manifest['node-red'].nodes);
}

/** @param {string} file */
function readCatalog(file) {
  return /** @type {Catalog} */ (JSON.parse(readFileSync(file, 'utf8')));
}

/**
 * Objects of both are joined; what is no object is taken from the second.
 * @param {Catalog} shared
 * @param {Catalog} own
 * @returns {Catalog}
 */
function merged(shared, own) {
  const result = { ...shared };
  for (const [key, value] of Object.entries(own)) {
    const before = shared[key];
    result[key] = typeof value === 'object' && typeof before === 'object' ? merged(before, value) : value;
  }
  return result;
}
