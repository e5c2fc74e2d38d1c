// What a command costs: through a node of a running Node-RED, as bare Win32 calls, and as a start of the program.
// Runs in Node.js for Windows; `npm run bench` compiles and starts it.
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import koffi from 'koffi';
import nodeRed from 'node-red';
import { StandIn } from '../test/windows/support/stand-in';
import { median } from './statistics';

const ROUNDS = 100;
const STARTS = 15;
/** For so long (ms) the phone looks what a command has changed. */
const SETTLES = 50;
/** MicroSIP plays a digit for 210 ms, and the phone holds the next one back for so long. */
const DIGIT_PLAYS = 250;

interface RuntimeNode {
  receive(msg: object): void;
  on(event: 'input', listener: (msg: object) => void): void;
}
interface EmbeddedNodeRed {
  init(server: unknown, settings: object): void;
  start(): Promise<void>;
  stop(): Promise<void>;
  nodes: { getNode(id: string): RuntimeNode | null };
}

async function main(): Promise<void> {
  const standIn = await StandIn.start();
  try {
    await standIn.act('incoming', '1002');
    await standIn.act('user-answer');
    const bare = bareCalls(standIn);
    const viaNode = await nodeCommands(standIn);
    const results = { bare: [] as number[], node: [] as number[] };
    // In turns, so that whatever else the machine does falls on both.
    for (let round = 0; round < ROUNDS; round++) {
      await wait(DIGIT_PLAYS);
      results.bare.push(bare());
      // The window has shown by now what that has changed.
      await wait(SETTLES);
      results.node.push(await viaNode.send());
    }
    const starts: number[] = [];
    for (let start = 0; start < STARTS; start++) starts.push(await programStart(standIn));
    await viaNode.stop();
    print(median(results.bare), median(results.node), median(starts));
  } finally {
    await standIn.end();
  }
}

function bareCalls(standIn: StandIn): () => number {
  const user32 = koffi.load('user32.dll');
  koffi.struct('BenchCopyData', { dwData: 'uintptr_t', cbData: 'uint32_t', lpData: 'void *' });
  const findWindow = user32.func(
    'intptr_t __stdcall FindWindowExW(intptr_t p, intptr_t after, const char16_t *c, const char16_t *t)',
  ) as (...values: unknown[]) => number;
  const owner = user32.func('uint32_t __stdcall GetWindowThreadProcessId(intptr_t window, _Out_ uint32_t *pid)') as (
    window: number,
    pid: number[],
  ) => number;
  const send = user32.func(
    'intptr_t __stdcall SendMessageTimeoutW(intptr_t w, uint32_t m, uintptr_t wp, BenchCopyData *lp, uint32_t flags, uint32_t ms, _Out_ uintptr_t *result)',
  ) as (...values: unknown[]) => number;
  const pid = [0];
  let window = 0;
  do {
    window = findWindow(0, window, 'MicroSIP', null);
    owner(window, pid);
  } while (window !== 0 && pid[0] !== standIn.pid);
  if (window === 0) throw new Error('the window of the stand-in was not found');
  const text = (value: string): Buffer => Buffer.from(`${value}\0`, 'utf16le');
  const [empty, command] = [text(''), text('/dtmf:1')];
  const copyData = (dwData: number, data: Buffer): void => {
    const answer = [0];
    const sent = send(window, 0x4a, 0, { dwData, cbData: data.length, lpData: data }, 2, 2000, answer);
    if (sent === 0 || answer[0] !== 0) throw new Error('the stand-in did not take it');
  };
  return () => {
    const begin = performance.now();
    copyData(1, empty);
    copyData(2, command);
    return performance.now() - begin;
  };
}

async function nodeCommands(standIn: StandIn): Promise<{ send(): Promise<number>; stop(): Promise<void> }> {
  const RED = nodeRed as unknown as EmbeddedNodeRed;
  const userDir = mkdtempSync(join(tmpdir(), 'bench-'));
  const flow = [
    { id: 'tab', type: 'tab' },
    { id: 'phone', type: 'microsip-phone', connection: 'window', program: standIn.program },
    {
      id: 'dtmf',
      type: 'microsip-dtmf',
      z: 'tab',
      x: 1,
      y: 1,
      phone: 'phone',
      digits: '1',
      digitsType: 'str',
      wires: [['out']],
    },
    { id: 'out', type: 'function', z: 'tab', x: 1, y: 1, func: 'return null;', wires: [[]] },
  ];
  writeFileSync(join(userDir, 'flows.json'), JSON.stringify(flow));
  RED.init(createServer(), {
    userDir,
    httpAdminRoot: false,
    httpNodeRoot: false,
    flowFile: 'flows.json',
    logging: { console: { level: 'off' } },
  });
  await RED.start();
  await until(() => RED.nodes.getNode('out') !== null);
  await wait(1000);
  let arrived: (() => void) | undefined;
  RED.nodes.getNode('out')?.on('input', () => arrived?.());
  return {
    send: () => {
      const begin = performance.now();
      const result = new Promise<number>((resolve, reject) => {
        const timer = setTimeout(() => {
          reject(new Error('the node did not pass the message on'));
        }, 5000);
        arrived = () => {
          clearTimeout(timer);
          resolve(performance.now() - begin);
        };
      });
      RED.nodes.getNode('dtmf')?.receive({ payload: '' });
      return result;
    },
    stop: async () => {
      await RED.stop();
      rmSync(userDir, { recursive: true, force: true });
    },
  };
}

async function until(ready: () => boolean): Promise<void> {
  const end = Date.now() + 60_000;
  while (!ready()) {
    if (Date.now() > end) throw new Error('Node-RED does not start');
    await wait(50);
  }
}

async function programStart(standIn: StandIn): Promise<number> {
  const begin = performance.now();
  await promisify(execFile)(standIn.program, ['/dtmf:1'], { cwd: standIn.folder }).catch(() => undefined);
  return performance.now() - begin;
}

function print(bare: number, node: number, start: number): void {
  const ms = (value: number): string => `${value.toFixed(3)} ms`;
  console.log(`bare SendMessageTimeoutW pair    ${ms(bare)}`);
  console.log(`command through the node         ${ms(node)}`);
  console.log(`starting the program             ${ms(start)}`);
  console.log(`node / bare pair                 ${(node / bare).toFixed(2)}   (at most 3)`);
  console.log(`program start / node             ${(start / node).toFixed(1)}   (at least 20)`);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
