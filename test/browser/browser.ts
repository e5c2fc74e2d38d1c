import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { skipBecause } from '../support/skip';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let started: Promise<Browser> | undefined;

/** One Chromium for all tests, since it takes long to start; leaves the suite out where there is none. */
export function browserFor(context: Mocha.Context): Promise<Browser> {
  const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium'].find((path) => path && existsSync(path));
  if (!executablePath) skipBecause(context, 'no Chromium: install it, or name it in the variable CHROMIUM');
  return (started ??= chromium.launch({ executablePath, args: FLAGS }));
}

after(async () => (await started)?.close());
