import { chromium } from 'playwright-core';

/** What a program may ask of it that shows pages of this computer to nobody. */
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'];

/** For pictures: the one of Debian, or the one that CHROMIUM names. */
export function launchChromium() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
}
