import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../../clock';
import { monotonicMs } from '../../monotonic-ms';
import { HookReceiver } from '../../observers/hooks/hook-receiver';
import { programRunBy, splitArguments } from '../../microsip/command-line';
import type { HookTrial } from '../findings';

/** MicroSIP itself would wait this long (ms) for the program. */
const LONGEST_RUN = 10_000;
const ANSWER = 1_000;
/** How often one that got lost is run again, each time after a longer pause (ms). */
const TRIES = 4;
const PAUSE = 250;
/** A hook program that lives this long (ms) may have given up; one that cannot work ends sooner. */
const GIVES_UP = 250;
/** What a receiver says at once; a second line tells that the trial has arrived. */
const WATCHING = 'watching\n';
/** Characters of what a receiver says; whoever says more is none. */
const LONGEST_TEXT = 100;

/**
 * Runs a hook command as MicroSIP would and watches it arrive. The hook program gives up soon, rather than hold up
 * MicroSIP, so one that got lost is tried again: a computer that stands still for a moment says nothing of what is
 * installed. What ends at once without having told anybody is not tried again.
 * @param value of the key `trial`, see `hookValue`
 */
export async function tryHook(value: string, pipe: string, runs = 5): Promise<HookTrial> {
  const standIn = (await isServed(pipe)) ? undefined : await listenMyself(pipe);
  try {
    const results: Run[] = [];
    for (let run = 0; run < runs; run += 1) results.push(await runOnce(value, pipe));
    for (let retry = 1; retry <= TRIES && isWorthATry(results); retry += 1) {
      await sleep(retry * PAUSE);
      for (const [index, result] of results.entries())
        if (!hasArrived(result) && (index === 0 || results.some(hasArrived)))
          results[index] = await runOnce(value, pipe);
    }
    const latencies = results.flatMap(({ latency }) => (latency === undefined ? [] : [latency]));
    return {
      receiver: standIn ? 'doctor' : 'node-red',
      received: latencies.length,
      runs,
      ...(latencies.length > 0 && { latency: median(latencies) }),
      cost: median(results.map(({ cost }) => cost)),
    };
  } finally {
    await standIn?.stop();
  }
}

/** Whole ms: what is measured here is not known any better. */
interface Run {
  latency?: number;
  cost: number;
}

function hasArrived({ latency }: Run): boolean {
  return latency !== undefined;
}

function isWorthATry(results: readonly Run[]): boolean {
  if (results.every(hasArrived)) return false;
  return results.some((result) => hasArrived(result) || result.cost >= GIVES_UP);
}

async function runOnce(value: string, pipe: string): Promise<Run> {
  const id = randomBytes(8).toString('hex');
  const watch = await watchFor(id, pipe);
  const started = monotonicMs();
  const cost = await run(value, id);
  const limit = setTimeout(() => watch?.socket.destroy(), ANSWER);
  const arrived = await watch?.arrival;
  clearTimeout(limit);
  return { cost, ...(arrived !== undefined && { latency: Math.round(arrived - started) }) };
}

/** @returns ms until the program had ended */
function run(value: string, parameter: string): Promise<number> {
  const { program, arguments: text } = programRunBy(value);
  const line = `${text} ${parameter}`;
  const windows = process.platform === 'win32';
  const before = monotonicMs();
  const child = spawn(program, windows ? [line] : splitArguments(line), {
    argv0: windows ? `"${program}"` : program,
    windowsVerbatimArguments: true,
    windowsHide: true,
    stdio: 'ignore',
    timeout: LONGEST_RUN,
  });
  return new Promise((resolve) => {
    const done = (): void => {
      resolve(Math.round(monotonicMs() - before));
    };
    child.on('error', done);
    child.on('exit', done);
  });
}

interface Watch {
  socket: Socket;
  /** When we heard of it, by `monotonicMs`: the receiver's clock is another one. Undefined when it did not arrive. */
  arrival: Promise<number | undefined>;
}

function watchFor(id: string, pipe: string): Promise<Watch | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ path: pipe });
    let text = '';
    let heard: number | undefined;
    let answer: (time: number | undefined) => void;
    const arrival = new Promise<number | undefined>((done) => (answer = done));
    const limit = setTimeout(() => socket.destroy(), LONGEST_RUN + ANSWER);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(limit);
      answer(heard);
      resolve(undefined);
    });
    socket.on('data', (chunk) => {
      text += chunk.toString();
      if (text.length > LONGEST_TEXT) socket.destroy();
      if (!text.startsWith(WATCHING)) return;
      resolve({ socket, arrival });
      if (text.length > WATCHING.length) heard ??= monotonicMs();
    });
    socket.write(`${JSON.stringify({ watch: id })}\n`);
  });
}

function isServed(pipe: string): Promise<boolean> {
  return watchFor('0', pipe).then((watch) => {
    watch?.socket.destroy();
    return watch !== undefined;
  });
}

async function listenMyself(pipe: string): Promise<HookReceiver> {
  const receiver = new HookReceiver({
    pipe,
    clock: systemClock,
    onHook: () => undefined,
    warn: () => undefined,
  });
  await receiver.start();
  return receiver;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round((sorted[Math.floor(sorted.length / 2)] ?? 0) * 10) / 10;
}
