#!/usr/bin/env node
import { createInterface } from 'node:readline/promises';
import { runDoctorCli } from '../src/doctor/program/doctor-cli';
import { localHost } from '../src/doctor/host/local-host';

const interactive = process.stdin.isTTY && process.stdout.isTTY;

void runDoctorCli(process.argv.slice(2), {
  host: localHost,
  print: (line) => process.stdout.write(`${line}\n`),
  ...(interactive && { ask }),
}).then((exitCode) => {
  process.exitCode = exitCode;
});

async function ask(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^\s*y(es)?\s*$/i.test(await terminal.question(`${question} `));
  } finally {
    terminal.close();
  }
}
