// What following MicroSIP's log costs: catching up with 200 MB of it, the time from a line to its observation, and
// the processor while nothing is written. Run with `npx tsx --expose-gc bench/log-follower.ts [MB]`.
import { appendFileSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { LogObserver } from '../src/observers/log/log-observer';
import { hostOf } from '../test/support/observer-host';
import type { Observation } from '../src/phone/ports/observation';

const LOGS = join(__dirname, '../test/fixtures/pjsua-logs');
const SCENARIOS = ['incoming-answered-local-hangup', 'hold-resume', 'options-keepalive-noise', 'retransmissions'];
const MEGABYTES = Number(process.argv[2] ?? 200);
const LINES = 300;
const IDLE_SECONDS = 20;

const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN;

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
  const from = performance.now();
  await observer.start(hostOf((observation) => seen.push(observation)));
  const seconds = (performance.now() - from) / 1000;
  clearInterval(sampler);
  await observer.stop();
  const grown = (peak - before.rss) / 1024 / 1024;
  console.log(`catch up: ${MEGABYTES} MB in ${seconds.toFixed(2)} s = ${(MEGABYTES / seconds).toFixed(0)} MB/s`);
  console.log(`memory: ${grown.toFixed(1)} MB above idle at most; ${seen.length} observations of what is open now`);
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
    const now = new Date();
    const status = 400 + (line % 200);
    const text = `SIP registration failed, status=${status} (Whatever)`;
    const local = stamp(now.getTime() - now.getTimezoneOffset() * 60_000);
    appendFileSync(path, `${local}            pjsua_acc.c  ....${text}\r\n`);
    const from = performance.now();
    await came;
    times.push(performance.now() - from);
  }
  const [median, slow] = [percentile(times, 0.5), percentile(times, 0.95)].map((time) => time.toFixed(1));
  console.log(`line to observation: median ${median} ms, 95 % within ${slow} ms`);
  const cpu = process.cpuUsage();
  await wait(IDLE_SECONDS * 1000);
  const used = process.cpuUsage(cpu);
  const share = (used.user + used.system) / 1e6 / IDLE_SECONDS;
  console.log(`idle: ${(share * 100).toFixed(2)} % of a core`);
  await observer.stop();
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'log-follower-'));
  try {
    await catchUp(join(folder, 'microsip_log.txt'));
    await latency(join(folder, 'microsip_log.txt'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

void main();
