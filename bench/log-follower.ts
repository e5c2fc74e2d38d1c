// What following MicroSIP's log costs: the processor while nothing is written, catching up with 200 MB of it, following
// while much is written, the time from a line to its observation, and what the dumps at the ends of calls add. Run with
// `npx tsx --expose-gc bench/log-follower.ts [MB]`.
import { appendFileSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { LogReader } from '../src/observers/log/log-reader';
import { LogObserver } from '../src/observers/log/log-observer';
import { hostOf } from '../test/support/observer-host';
import type { Observation } from '../src/phone/ports/observation';
import { percentile } from './statistics';

const LOGS = join(__dirname, '../test/fixtures/pjsua-logs');
const SCENARIOS = ['incoming-answered-local-hangup', 'hold-resume', 'options-keepalive-noise', 'retransmissions'];
const MEGABYTES = Number(process.argv[2] ?? 200);
const LINES = 300;
const IDLE_SECONDS = 20;
/** What starting leaves behind is over after this time (ms), and the log is an idle one. */
const SETTLES = 5000;
/** Of one write, while much is written. */
const PIECE = 1024 * 1024;
/** A log of so many MB is read so often with and without the dumps of its calls. */
const DUMPS_MEGABYTES = 20;
const DUMPS_ROUNDS = 7;
/** The dump of a call, from its line without text to the next time of a record. */
const DUMP = /^\d\d:\d\d:\d\d\.\d{3} +pjsua_media\.c [ !]\.*\n(?:(?!\d\d:\d\d:\d\d\.\d{3} )[^\n]*\n)*/gm;

/** What lies between start and shutdown of a recorded log. */
function workOf(name: string): string {
  const log = readFileSync(join(LOGS, `${name}.log`), 'latin1');
  const from = log.indexOf('\n', log.indexOf('Keep-alive timer started')) + 1;
  return log.slice(from, log.lastIndexOf('\n', log.indexOf('Shutting down, flags')) + 1);
}

function stamp(ms: number): string {
  return new Date(ms % 86_400_000).toISOString().slice(11, 23);
}

/** One day of a busy phone after the other; every call has a Call-ID of its own, of the same length as recorded. */
function writeLog(path: string, megabytes: number): void {
  const file = openSync(path, 'w');
  const start = readFileSync(join(LOGS, 'register-ok.log'), 'latin1');
  let size = writeSync(file, start.slice(0, start.indexOf('Acc 0: setting unregistration')), null, 'latin1');
  const works = SCENARIOS.map(workOf);
  for (let round = 0; size < megabytes * 1024 * 1024; round += 1) {
    const id = round.toString(16).padStart(8, '0');
    const text = (works[round % works.length] ?? '')
      .replace(/\b[0-9a-f]{8}(?=@pbx|-[0-9a-f]{4}-[0-9a-f]{4}-)/g, id)
      .replace(/^\d\d:\d\d:\d\d\.\d{3} /gm, `${stamp(75_000_000 + round * 9_000)} `);
    size += writeSync(file, text, null, 'latin1');
  }
  closeSync(file);
}

/** MB in a second, and in a second of the processor: that is less disturbed by what else a machine does. */
class Speed {
  private readonly from = performance.now();
  private readonly before = process.cpuUsage();

  of(megabytes: number): string {
    const seconds = (performance.now() - this.from) / 1000;
    const { user, system } = process.cpuUsage(this.before);
    const perSecond = (time: number): string => (megabytes / time).toFixed(0);
    return `${megabytes.toFixed(0)} MB in ${seconds.toFixed(2)} s = ${perSecond(seconds)} MB/s (${perSecond((user + system) / 1e6)} MB per second of a core)`;
  }
}

async function idle(path: string): Promise<void> {
  writeLog(path, 0);
  const observer = new LogObserver({ path });
  await observer.start(hostOf(() => undefined));
  await wait(SETTLES);
  const cpu = process.cpuUsage();
  await wait(IDLE_SECONDS * 1000);
  const { user, system } = process.cpuUsage(cpu);
  await observer.stop();
  console.log(`idle: ${(((user + system) / 1e6 / IDLE_SECONDS) * 100).toFixed(2)} % of a core (under 0.5)`);
}

async function catchUp(path: string): Promise<void> {
  writeLog(path, MEGABYTES);
  globalThis.gc?.();
  const before = process.memoryUsage();
  let peak = 0;
  const sampler = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 5);
  const observer = new LogObserver({ path });
  const seen: Observation[] = [];
  const speed = new Speed();
  await observer.start(hostOf((observation) => seen.push(observation)));
  // Opening waits only so long for a long log.
  await observer.refresh();
  console.log(`catch up: ${speed.of(MEGABYTES)} (at least 50)`);
  clearInterval(sampler);
  await observer.stop();
  const grown = (peak - before.rss) / 1024 / 1024;
  console.log(`memory: ${grown.toFixed(1)} MB above idle at most; ${seen.length} observations of what is open now`);
}

/** All of a log is written while it is followed, as fast as it comes. */
async function follow(source: string, path: string): Promise<void> {
  const log = readFileSync(source);
  writeLog(path, 0);
  const observer = new LogObserver({ path });
  let seen = 0;
  let over: (() => void) | undefined;
  await observer.start(
    hostOf((observation) => {
      seen += 1;
      if (observation.type === 'registration' && observation.registration.sipStatus === 699) over?.();
    }),
  );
  const all = new Promise<void>((resolve) => (over = resolve));
  const speed = new Speed();
  for (let at = 0; at < log.length; at += PIECE) await appendFile(path, log.subarray(at, at + PIECE));
  await appendFile(path, failedLine(699));
  await all;
  console.log(`follow: ${speed.of(log.length / 1024 / 1024)} (at least 50); ${seen} observations`);
  await observer.stop();
}

function failedLine(status: number): string {
  const now = new Date();
  const local = stamp(now.getTime() - now.getTimezoneOffset() * 60_000);
  return `${local}            pjsua_acc.c  ....SIP registration failed, status=${status} (Whatever)\r\n`;
}

async function latency(path: string): Promise<void> {
  const observer = new LogObserver({ path });
  let arrived: (() => void) | undefined;
  await observer.start(
    hostOf((observation) => {
      if (observation.type === 'registration') arrived?.();
    }),
  );
  const times: number[] = [];
  for (let line = 0; line < LINES; line += 1) {
    await wait(20 + Math.random() * 80);
    const came = new Promise<void>((resolve) => (arrived = resolve));
    appendFileSync(path, failedLine(400 + (line % 200)));
    const from = performance.now();
    await came;
    times.push(performance.now() - from);
  }
  const [median, slow] = [percentile(times, 0.5), percentile(times, 0.95)].map((time) => time.toFixed(1));
  console.log(`line to observation: median ${median} ms, 95 % within ${slow} ms`);
  await observer.stop();
}

/** Processor time of reading a log, ms. */
function readingTime(log: Buffer): number {
  const reader = new LogReader();
  const before = process.cpuUsage();
  for (let at = 0; at < log.length; at += PIECE) reader.push(log.subarray(at, at + PIECE));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** What the dumps of calls cost for each of their lines, beside what any line costs. */
function dumps(path: string): void {
  writeLog(path, DUMPS_MEGABYTES);
  const text = readFileSync(path, 'latin1');
  const bare = text.replace(DUMP, '');
  const logs = [text, bare].map((one) => ({
    lines: one.split('\n').length,
    bytes: Buffer.from(one, 'latin1'),
    times: [] as number[],
  }));
  for (let round = 0; round < DUMPS_ROUNDS; round += 1)
    for (const { bytes, times } of logs) times.push(readingTime(bytes));
  const [whole = 0, without = 0] = logs.map(({ times }) => Math.min(...times));
  const [lines = 0, others = 0] = logs.map((one) => one.lines);
  const ofDumps = (whole - without) / (lines - others);
  const ofOthers = without / others;
  const us = (ms: number): string => (ms * 1000).toFixed(2);
  console.log(
    `dumps: ${us(whole / lines)} µs for a line with ${lines - others} of ${lines} lines in dumps, ${us(ofOthers)} µs without them ` +
      `(ratio ${(whole / lines / ofOthers).toFixed(2)}); a line of a dump ${us(ofDumps)} µs`,
  );
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'log-follower-'));
  try {
    const [long, short] = ['long_log.txt', 'short_log.txt'].map((name) => join(folder, name)) as [string, string];
    // First: what a long log leaves in memory would be tidied up meanwhile.
    await idle(short);
    await catchUp(long);
    await follow(long, short);
    await latency(short);
    dumps(short);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

void main();
