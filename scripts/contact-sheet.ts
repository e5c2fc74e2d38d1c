// Every dialog in every language, light and dark, of both Node-RED versions, to be looked at:
//   npm run dialogs:sheet [-- 4.1|5] [-- light|dark] [-- de|fr|…] [-- --width 360]
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { closeDialog, EVERY_DIALOG, LANGUAGES, openDialog, setWidth, speak } from '../test/browser/every-dialog';
import { EditorPage } from '../test/browser/editor-page';
import { ONE_OF_EACH } from '../test/browser/one-of-each';
import { NodeRedProcess } from '../test/support/node-red-process';
import { launchChromium } from './lib/chromium.mjs';
import { nodeForNodeRed5 } from './lib/node-22.mjs';
import { ROOT } from './lib/paths.mjs';
import { run } from './lib/process.mjs';

const SHEETS = join(ROOT, 'build/contact-sheet');
const THEMES = ['light', 'dark'] as const;
/** Dialogs side by side on a sheet. */
const COLUMNS = 5;
/** ms in which a dialog has found out what it says about the phone */
const LIVE = 500;

interface Version {
  name: string;
  folder: string;
  node: string;
}

const words = process.argv.slice(2);
const width = words.includes('--width') ? Number(words.splice(words.indexOf('--width'), 2)[1]) : 500;
const isWanted = (name: string, names: readonly string[]): boolean =>
  !words.some((word) => names.includes(word)) || words.includes(name);

async function main(): Promise<void> {
  if (!words.includes('--no-build') && (await run(process.execPath, ['scripts/build.mjs'])) !== 0)
    throw new Error('The build failed: see above.');
  mkdirSync(SHEETS, { recursive: true });
  const node5 = await nodeForNodeRed5();
  const versions: Version[] = [
    { name: '4.1', folder: 'node-red', node: process.execPath },
    ...(node5.path === undefined ? [] : [{ name: '5', folder: 'node-red-5', node: node5.path }]),
  ];
  const names = versions.map(({ name }) => name);
  const browser = await launchChromium();
  try {
    for (const version of versions) if (isWanted(version.name, names)) await sheetsOf(browser, version);
  } finally {
    await browser.close();
  }
}

async function sheetsOf(browser: Browser, { name, folder, node }: Version): Promise<void> {
  const userDir = mkdtempSync(join(tmpdir(), 'microsip-sheet-'));
  const settings = join(ROOT, 'scripts/lib/node-red-settings.cjs');
  const script = join(ROOT, 'node_modules', folder, 'red.js');
  const nodeRed = await NodeRedProcess.start({ node, script, settings, userDir });
  try {
    await nodeRed.post('/flows', ONE_OF_EACH);
    const { page } = await EditorPage.open(browser, nodeRed.url);
    await page.setViewportSize({ width: 1400, height: 2000 });
    for (const theme of THEMES.filter((one) => isWanted(one, THEMES))) {
      await wear(page, theme);
      for (const language of LANGUAGES.filter((one) => isWanted(one, LANGUAGES))) {
        await speak(page, language);
        const pictures = await dialogsOf(page);
        const file = join(SHEETS, `${name} ${theme} ${language} ${String(width)}.png`);
        await writeSheet(browser, pictures, `Node-RED ${name}, ${theme}, ${language}`, file);
        process.stdout.write(`${file}\n`);
      }
    }
  } finally {
    await nodeRed.stop();
    rmSync(userDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Node-RED 4.1 has no dark theme of its own: it gets the colours of Node-RED 5's, as packages with themes do it. */
async function wear(page: Page, theme: (typeof THEMES)[number]): Promise<void> {
  const css = join(ROOT, 'node_modules/node-red-5/node_modules/@node-red/editor-client/public/red/style.min.css');
  const [colours = ''] = /\.nr-theme-dark\{[^}]*\}/.exec(readFileSync(css, 'utf8')) ?? [];
  await page.addStyleTag({ content: colours });
  await page.emulateMedia({ colorScheme: theme });
  await page.evaluate((isDark) => document.documentElement.classList.toggle('nr-theme-dark', isDark), theme === 'dark');
}

async function dialogsOf(page: Page): Promise<{ title: string; png: Buffer }[]> {
  const pictures = [];
  for (const shown of EVERY_DIALOG) {
    await openDialog(page, shown);
    await setWidth(page, width);
    if (shown.node === 'phone') await page.waitForTimeout(LIVE);
    const form = page.locator('.microsip-form');
    pictures.push({ title: shown.title, png: await form.screenshot() });
    await closeDialog(page);
  }
  return pictures;
}

async function writeSheet(
  browser: Browser,
  pictures: { title: string; png: Buffer }[],
  title: string,
  file: string,
): Promise<void> {
  const columns = Array.from({ length: COLUMNS }, () => ({ height: 0, figures: '' }));
  for (const { title: name, png } of pictures) {
    const shortest = columns.reduce((one, other) => (other.height < one.height ? other : one));
    shortest.height += heightOf(png);
    shortest.figures += `<figure><figcaption>${name}</figcaption><img src="data:image/png;base64,${png.toString('base64')}"></figure>`;
  }
  const page = await browser.newPage({ viewport: { width: COLUMNS * (width + 10), height: 800 } });
  await page.setContent(`<style>
    body { margin: 0; font: bold 13px sans-serif; background: #888; }
    main { display: flex; gap: 10px; } figure { margin: 0 0 12px; } img { display: block; }
  </style>${title}<main>${columns.map(({ figures }) => `<div>${figures}</div>`).join('')}</main>`);
  await page.screenshot({ path: file, fullPage: true });
  await page.close();
}

/** px, by the head of the file */
function heightOf(png: Buffer): number {
  return png.readUInt32BE(20) + 30;
}

void main();
