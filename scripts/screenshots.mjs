// The pictures of the README, from the running editor with the demo flow:  node scripts/screenshots.mjs
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { ROOT } from './lib/paths.mjs';

const PORT = '1899';
const IMAGES = join(ROOT, 'docs/images');
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'];
/** The demo lets a call ring for a second, talks for a second, and hangs up. */
const DEMO_CALL_MS = 3500;

mkdirSync(IMAGES, { recursive: true });
const nodeRed = spawn(process.execPath, ['scripts/start.mjs'], {
  cwd: ROOT,
  env: { ...process.env, PORT },
  stdio: 'inherit',
});
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
try {
  const page = await browser.newPage({ viewport: { width: 1400, height: 640 } });
  await openEditor(page);
  await page.keyboard.press('Control+g');
  await page.keyboard.press('d');
  const button = page.locator('.red-ui-flow-node-button-button').first();
  await button.click();
  await page.waitForTimeout(DEMO_CALL_MS);
  await button.click();
  await page.waitForTimeout(600);
  await page.screenshot({ path: join(IMAGES, 'demo-flow.png') });
} finally {
  await browser.close();
  nodeRed.kill('SIGINT');
}

async function openEditor(page) {
  for (let attempt = 0; attempt < 120; attempt++) {
    try {
      await page.goto(`http://127.0.0.1:${PORT}`);
      await page.waitForSelector('.red-ui-flow-node', { timeout: 20_000 });
      await page.waitForTimeout(1500);
      return;
    } catch (error) {
      if (attempt === 119) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}
