import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSurely } from '../../../src/win32/process/spawn-surely';

/** Why there is no `microsip-agent.exe` here, or undefined. */
export function whyNoAgentExe(): string | undefined {
  return process.env['AGENT_EXE']
    ? undefined
    : (process.env['AGENT_EXE_MISSING'] ?? 'microsip-agent.exe was not built');
}

export function agentExe(): string {
  return process.env['AGENT_EXE'] ?? '';
}

/** Why there is no broker here that programs of Windows can reach, or undefined. */
export function whyNoBroker(): string | undefined {
  return process.env['MQTT_URL'] ? undefined : 'mosquitto is not installed (Debian: mosquitto)';
}

export function brokerUrl(): string {
  return process.env['MQTT_URL'] ?? '';
}

export interface ProgramRun {
  exitCode: number | null;
  output: string;
  /** ms from the start to the end */
  took: number;
}

/** Runs a program to its end. Under Wine, the output of Node.js must not be a pipe. */
export async function runProgram(
  program: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<ProgramRun> {
  const folder = mkdtempSync(join(tmpdir(), 'run-'));
  const path = join(folder, 'out.txt');
  const file = openSync(path, 'w');
  const began = performance.now();
  const child = spawnSurely(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', file, file] });
  closeSync(file);
  try {
    const exitCode = await new Promise<number | null>((resolve) => child.once('exit', resolve));
    return { exitCode, took: performance.now() - began, output: readFileSync(path, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
