#!/usr/bin/env node
// MicroSIP runs this program for each of its `cmd*` keys and stands still until it has ended, so it hands over what it
// was given and is gone. It must stay one file that needs nothing but Node.js: the doctor copies it to MicroSIP's data.
//
//   microsip-hook.cjs <key> <pipe> [placeholder=value …] "-- <whatever MicroSIP appended>
//   microsip-hook.cjs run <key> [placeholder=value …] -- <…>      starts another program of that key and outlives it
//
// In `microsip-agent.exe` it is `microsip-agent.exe hook <record> …`, with the record instead of the script beside it.
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { connect } from 'node:net';

/** Longest life in ms, Node.js's own start included; but the pipe gets at least `LEAST` ms. */
const LONGEST = 300;
const LEAST = 100;
/** In characters. SIP has no use for longer ones; a Windows command line could be eight times as long. */
const LONGEST_PARAMETER = 4_096;
/** In bytes, of the record of other programs. */
const LONGEST_RECORD = 1024 * 1024;

/** A program that a key named before; the doctor wrote down how to start it. */
interface ForeignProgram {
  program: string;
  /** With `{parameter}` and placeholders. */
  arguments: string;
  /** It is started by cmd.exe, for which characters have meanings. */
  shell?: boolean;
}

const [selfBegins, selfEnds] = process.argv[2] === 'hook' ? [2, 4] : [1, 2];
/** What starts this program once more. */
const self = process.argv.slice(selfBegins, selfEnds);
const [first = '', second = '', ...rest] = process.argv.slice(selfEnds);
// Everything behind the mark was chosen by the other party: never an option, never a path. The mark opens a quote, so
// that it and the rest are one argument, unless the rest has quotes of its own.
const mark = rest.findIndex((argument) => argument.startsWith('--'));
const placeholders = rest.slice(0, Math.max(mark, 0));
const parameter = mark < 0 ? '' : rest.slice(mark).join(' ').slice('-- '.length).slice(0, LONGEST_PARAMETER);

if (first === 'run') {
  const foreign = foreignProgram(second);
  if (foreign) start(foreign.program, foreign, { windowsHide: true });
} else {
  handOver(first, second);
}

function handOver(event: string, pipe: string): void {
  const line = JSON.stringify({ event, time: Math.round(performance.timeOrigin), parameter });
  // To start another program takes a while, and nothing else can be done meanwhile: Node-RED comes first.
  const end = (code: number): void => {
    chain(event);
    process.exit(code);
  };
  // On a machine that stood still the pipe may have become ready meanwhile, and is looked at only after the timers.
  setTimeout(() => setImmediate(() => setImmediate(end, 1)), Math.max(LONGEST - performance.now(), LEAST));
  if (pipe === '') end(1);
  // As `path`: a text that looks like a number would be taken for a port.
  const socket = connect({ path: pipe });
  socket.on('error', () => {
    end(1);
  });
  // The system has the line now; whether Node-RED is quick to read it must not matter here.
  socket.write(`${line}\n`, (error) => {
    end(error ? 1 : 0);
  });
}

function chain(key: string): void {
  const foreign = foreignProgram(key);
  if (!foreign) return;
  // Without a console of its own, a batch file would open a window for each program it starts: a second copy of this
  // program gives it a hidden one.
  if (foreign.shell)
    launch(process.execPath, [...self, 'run', key, ...placeholders, '--', parameter], { detached: true });
  else start(foreign.program, foreign, { detached: true, windowsHide: true });
}

function foreignProgram(key: string): ForeignProgram | undefined {
  try {
    const { hooks } = JSON.parse(recordIn((self.at(-1) ?? '').replace(/\.\w+$/, '.json'))) as {
      hooks: Record<string, { foreign?: ForeignProgram }>;
    };
    return hooks[key]?.foreign;
  } catch {
    return undefined;
  }
}

/** MicroSIP waits meanwhile, so what could keep a reader waiting, such as a pipe, is not read. */
function recordIn(path: string): string {
  if (!statSync(path).isFile()) return '';
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const { size } = fstatSync(file);
  if (size > LONGEST_RECORD) return '';
  const bytes = Buffer.alloc(size);
  return bytes.toString('utf8', 0, readSync(file, bytes, 0, size, 0));
}

function start(program: string, foreign: ForeignProgram, options: SpawnOptions): void {
  const values = new Map([['parameter', parameter]]);
  for (const pair of placeholders) {
    const [name = '', ...value] = pair.split('=');
    values.set(name, value.join('='));
  }
  const fill = (template: string): string =>
    template.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values.get(name);
      if (value === undefined) return whole;
      return foreign.shell ? harmless(value, name === 'parameter') : value;
    });
  const file = fill(program);
  // Verbatim means that Node.js does not quote the program's own name either.
  const argv0 = process.platform === 'win32' ? `"${file}"` : file;
  launch(file, [fill(foreign.arguments)], { ...options, argv0, windowsVerbatimArguments: true });
}

/** MicroSIP percent-encodes placeholders, but not the parameter. */
function harmless(value: string, plain: boolean): string {
  return value.replace(plain ? /[^\p{L}\p{N} +*#._@-]/gu : /[^\p{L}\p{N} +*#._@%~-]/gu, '_');
}

function launch(program: string, args: string[], options: SpawnOptions): void {
  let child: ChildProcess;
  try {
    child = process.getBuiltinModule('node:child_process').spawn(program, args, { ...options, stdio: 'ignore' });
  } catch {
    return;
  }
  child.on('error', () => undefined);
  if (options.detached) child.unref();
}
