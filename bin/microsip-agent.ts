#!/usr/bin/env node
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { runAgentCli } from '../src/agent/program/agent-cli';
import { taskScheduler } from '../src/agent/logon-task/schtasks';
import { startAgent } from '../src/agent/agent';
import { systemClock } from '../src/clock';
import { ownProgram } from '../src/own-files';
import { packageVersion } from '../src/trace/package-version';

/** ms; what has not ended by then, such as a connection that hangs, is ended with the program */
const LAST_WAIT = 1000;

const interactive = process.stdin.isTTY && process.stdout.isTTY;
// Whoever reads the log may go; the phones stay.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

void runAgentCli(process.argv.slice(2), {
  print: (line) => process.stdout.write(`${line}\n`),
  printLog: (line) => process.stderr.write(`${line}\n`),
  isTerminal: process.stderr.isTTY,
  ...(interactive && { ask }),
  env: process.env,
  clock: systemClock,
  directory: join(homedir(), '.microsip'),
  version: packageVersion(),
  platform: process.platform,
  task: { userName: userInfo().username, program: ownProgram('microsip-agent') },
  scheduler: taskScheduler(),
  signals: process,
  start: startAgent,
  exit: (code) => process.exit(code),
}).then((exitCode) => {
  process.exitCode = exitCode;
  setTimeout(() => process.exit(), LAST_WAIT).unref();
});

async function ask(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^\s*y(es)?\s*$/i.test(await terminal.question(`${question} `));
  } finally {
    terminal.close();
  }
}
