import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';

const DIST = join(ROOT, 'dist');
const ICONS = join(ROOT, 'icons');
const LOCALES = join(ROOT, 'locales');

/** Missing texts of other languages are taken from this one by Node-RED, so only here nothing may be missing. */
const BASE_LANGUAGE = 'en-US';
/** The set that brings what all dialogs look like: no other node is of use without it. */
const STYLED_SET = 'microsip-phone';
/** Where a help text takes in what all nodes have in common. */
const COMMON_HELP = /^ *<!-- common\.html -->\n/m;

/** @typedef {{ [key: string]: string | Catalog }} Catalog texts by key */
/** @typedef {'nodes' | 'plugins'} Kind also the folder that they are in */

/** Puts beside each node's .js what Node-RED looks for there: the .html, icons, catalogs and help. */
export function assembleNodes() {
  for (const kind of /** @type {const} */ (['nodes', 'plugins'])) {
    const sets = setsOf(kind);
    for (const set of sets) writeFileSync(join(DIST, kind, `${set}.html`), editorHtml(kind, set));
    for (const language of readdirSync(LOCALES)) assembleLanguage(kind, language, sets);
  }
  cpSync(ICONS, join(DIST, 'nodes/icons'), { recursive: true });
  for (const language of readdirSync(LOCALES)) assembleLibrary(language);
}

/**
 * @param {Kind} kind
 * @param {string} set
 */
function editorHtml(kind, set) {
  // The flow library reads the registration out of this script, so it stays inline and unminified.
  const script = readFileSync(join(ROOT, 'build/editor', `${set}.editor.global.js`), 'utf8');
  const icon = kind === 'nodes' && /icon: "(microsip-[^"]+)"/.exec(script)?.[1];
  if (icon && !existsSync(join(ICONS, icon))) throw new Error(`${set}: there is no icons/${icon}`);
  const template = readFileSync(join(ROOT, kind, `${set}.html`), 'utf8');
  const style = set === STYLED_SET ? readFileSync(join(ROOT, 'src/editor/dialog.css'), 'utf8') : '';
  return `<script type="text/javascript">\n${script}</script>\n${style && `<style>\n${style}</style>\n`}${template}`;
}

/**
 * @param {Kind} kind
 * @param {string} language
 * @param {string[]} sets
 */
function assembleLanguage(kind, language, sets) {
  const source = join(LOCALES, language);
  const target = join(DIST, kind, 'locales', language);
  mkdirSync(target, { recursive: true });
  const common = readCatalog(join(source, 'common.json'));
  /** @type {Record<string, Catalog>} */
  const shared = { [STYLED_SET]: { ...common, doctor: readCatalog(join(source, 'doctor.json')) } };
  for (const set of sets) {
    // A catalog belongs to one node set, so each gets what they share, and the phone what its doctor says.
    const catalog = merged(shared[set] ?? common, readCatalog(join(source, `${set}.json`)));
    writeFileSync(join(target, `${set}.json`), JSON.stringify(catalog, null, 2));
    const help = join(source, `${set}.html`);
    const hasHelp = kind === 'nodes' && (language === BASE_LANGUAGE || existsSync(help));
    if (hasHelp) writeFileSync(join(target, `${set}.html`), helpHtml(help));
  }
}

/**
 * Without Node-RED, the library speaks English, and the doctor and the agent the language of their user.
 * @param {string} language
 */
function assembleLibrary(language) {
  const source = join(LOCALES, language);
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

/** @param {Kind} kind */
function setsOf(kind) {
  const manifest = /** @type {{ 'node-red': Record<Kind, Record<string, string>> }} */ (
    JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  );
  return Object.keys(manifest['node-red'][kind]);
}

/** @param {string} file */
export function readCatalog(file) {
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
