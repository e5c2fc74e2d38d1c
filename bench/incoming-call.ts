// How soon a flow knows of an incoming call, beside a script that looks for the window's title every 500 ms, and what
// the waiting costs. Runs in Node.js for Windows; `npm run bench` compiles and starts it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import koffi from 'koffi';
import { createPhone } from '../src/create-phone';
import type { Phone } from '../src/phone/phone';
import { doctor } from '../test/windows/support/doctor-program';
import { StandIn } from '../test/windows/support/stand-in';
import { median, percentile } from './statistics';

const ROUNDS = 40;
/** What scripts for MicroSIP on the web do (ms). */
const SCRIPT_LOOKS = 500;
const IDLE_SECONDS = 30;

const SOURCES = {
  windows: { settings: { logFile: '', callLog: '' } },
  'windows and log': { settings: { callLog: '' } },
  'windows, log and hooks': { settings: { callLog: '', hooks: true } },
};

async function main(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  for (const [name, { settings }] of Object.entries(SOURCES)) {
    const standIn = StandIn.place({ settings: { enableLog: 1 } });
    if ('hooks' in settings) await doctor(['install', '--yes', '--program', standIn.program]);
    await standIn.run();
    const phone = createPhone({ connection: 'window', program: standIn.program, ...settings }, { directory });
    await phone.open();
    try {
      const idle = await idleShare();
      const { ours, script } = await calls(standIn, phone);
      const ms = (values: number[]): string =>
        `median ${median(values).toFixed(1)} ms, 95 % within ${percentile(values, 0.95).toFixed(1)} ms`;
      console.log(
        `incoming call, ${name}: ${ms(ours)}; a script that looks every ${SCRIPT_LOOKS} ms: ${ms(script)}; ` +
          `${(median(script) / median(ours)).toFixed(1)} × sooner (at least 10)`,
      );
      console.log(`idle, ${name}: ${(idle * 100).toFixed(2)} % of a core (under 0.3)`);
    } finally {
      await phone.close();
      await standIn.end();
    }
  }
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
}

/** Each call is waited for by both, so that whatever else the machine does falls on both. */
async function calls(standIn: StandIn, phone: Phone): Promise<{ ours: number[]; script: number[] }> {
  const findWindow = koffi.load('user32.dll').func('intptr_t __stdcall FindWindowW(str16 c, str16 title)') as (
    className: null,
    title: string,
  ) => number;
  let seen: (() => void) | undefined;
  let shown = false;
  const script = setInterval(() => {
    const now = findWindow(null, 'Incoming Call') !== 0;
    if (now && !shown) seen?.();
    shown = now;
  }, SCRIPT_LOOKS);
  const times = { ours: [] as number[], script: [] as number[] };
  try {
    for (let round = 1; round <= ROUNDS; round += 1) {
      await wait(300 + Math.random() * SCRIPT_LOOKS);
      const ours = next(phone, 'incoming');
      shown = false;
      const theirs = new Promise<void>((resolve) => (seen = resolve));
      const begin = performance.now();
      const since = (): number => performance.now() - begin;
      await standIn.request('incoming', String(2000 + round), 'Ada');
      const [own, other] = await Promise.all([ours.then(since), theirs.then(since)]);
      times.ours.push(own);
      times.script.push(other);
      const over = next(phone, 'ended');
      await standIn.act('remote-hangup');
      await over;
      while (findWindow(null, 'Incoming Call') !== 0) await wait(20);
    }
  } finally {
    clearInterval(script);
  }
  return times;
}

function next(phone: Phone, wanted: string): Promise<void> {
  return new Promise((resolve) => {
    const listener = ({ event }: { event: string }): void => {
      if (event !== wanted) return;
      phone.off('event', listener);
      resolve();
    };
    phone.on('event', listener);
  });
}

/** The part of a core that this process takes while nothing happens. */
async function idleShare(): Promise<number> {
  // What opening leaves behind, and what its sources look for only at first.
  await wait(5000);
  const [from, before] = [performance.now(), process.cpuUsage()];
  await wait(IDLE_SECONDS * 1000);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / (performance.now() - from);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
