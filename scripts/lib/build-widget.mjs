// The dashboard's widget: packages/dashboard.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import vue from '@vitejs/plugin-vue';
import { build as bundle } from 'esbuild';
import { build as buildBrowserPart } from 'vite';
import injectCss from 'vite-plugin-css-injected-by-js';
import { readCatalog } from './assemble-nodes.mjs';
import { ROOT } from './paths.mjs';

export const WIDGET = join(ROOT, 'packages/dashboard');
/** Node-RED's type, by which Dashboard finds the script's exports. */
const TYPE = 'ui-microsip-phone';
const DIST = join(WIDGET, 'dist');
/** What Node-RED looks for beside the script of a node, and what all nodes with a phone say below themselves. */
const LOCALES = join(WIDGET, 'locales');
const SHARED = ['status', 'palette', 'field.name', 'field.phone'];

/** @typedef {import('./assemble-nodes.mjs').Catalog} Catalog */

export async function buildWidget() {
  for (const folder of ['dist', 'resources']) rmSync(join(WIDGET, folder), { recursive: true, force: true });
  await Promise.all([buildNode(), buildBrowser()]);
}

async function buildNode() {
  const script = await bundle({
    entryPoints: [join(WIDGET, 'nodes', `${TYPE}.ts`)],
    outfile: join(DIST, `${TYPE}.js`),
    // Of who asks for the build it may be another one.
    absWorkingDir: ROOT,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    metafile: true,
  });
  // It has to work with whatever version of the phone's package is there.
  const foreign = Object.keys(script.metafile.inputs).filter((file) => !file.startsWith('packages/dashboard/'));
  if (foreign.length > 0) throw new Error(`The widget's node brings along ${foreign.join(', ')}`);
  const editor = await bundle({
    entryPoints: [join(WIDGET, 'nodes', `${TYPE}.editor.ts`)],
    bundle: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2020',
    write: false,
  });
  const form = readFileSync(join(WIDGET, 'nodes', `${TYPE}.html`), 'utf8');
  const [file] = editor.outputFiles;
  writeFileSync(join(DIST, `${TYPE}.html`), `<script type="text/javascript">\n${file?.text ?? ''}</script>\n${form}`);
  cpSync(join(WIDGET, 'icons'), join(DIST, 'icons'), { recursive: true });
  for (const language of readdirSync(LOCALES)) assembleLanguage(language);
}

/** @param {string} language */
function assembleLanguage(language) {
  const target = join(DIST, 'locales', language);
  mkdirSync(target, { recursive: true });
  const own = readCatalog(join(LOCALES, language, `${TYPE}.json`));
  const common = readCatalog(join(ROOT, 'locales', language, 'common.json'));
  for (const path of SHARED) addText(own, path.split('.'), common);
  writeFileSync(join(target, `${TYPE}.json`), JSON.stringify(own, null, 2));
  const help = join(LOCALES, language, `${TYPE}.html`);
  if (existsSync(help)) cpSync(help, join(target, `${TYPE}.html`));
}

/**
 * What the catalog has itself stays.
 * @param {Catalog} catalog
 * @param {string[]} path
 * @param {Catalog} from
 */
function addText(catalog, [name = '', ...rest], from) {
  const text = from[name];
  if (typeof text === 'string') catalog[name] ??= text;
  else if (text) {
    const part = /** @type {Catalog} */ (catalog[name] ??= {});
    if (rest.length > 0) addText(part, rest, text);
    else for (const key of Object.keys(text)) addText(part, [key], text);
  }
}

async function buildBrowser() {
  await buildBrowserPart({
    configFile: false,
    root: WIDGET,
    logLevel: 'warn',
    publicDir: false,
    plugins: [vue(), injectCss()],
    define: { 'process.env.NODE_ENV': JSON.stringify('production') },
    build: {
      outDir: 'resources',
      emptyOutDir: false,
      target: 'es2022',
      lib: {
        entry: join(WIDGET, 'ui/index.ts'),
        name: TYPE,
        formats: ['umd'],
        fileName: () => `${TYPE}.umd.js`,
      },
      rollupOptions: { external: ['vue'], output: { globals: { vue: 'Vue' } } },
    },
  });
}
