import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSurely } from './spawn-surely';

export interface DoctorAnswer extends Record<string, unknown> {
  ok: boolean;
  exitCode: number;
  error?: { code: string; message: string };
}

/** Runs `microsip-doctor … --json` of the built package. */
export async function doctor(args: readonly string[], env: Record<string, string> = {}): Promise<DoctorAnswer> {
  const program = join(process.env['MICROSIP_PACKAGE'] ?? '', 'bin', 'microsip-doctor.js');
  const folder = mkdtempSync(join(tmpdir(), 'doctor-'));
  const output = join(folder, 'out.txt');
  // Under Wine, the output of Node.js must not be a pipe.
  const file = openSync(output, 'w');
  const child = spawnSurely(process.execPath, [program, ...args, '--json'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', file, file],
  });
  closeSync(file);
  try {
    const exitCode = await new Promise<number | null>((resolve) => child.once('exit', resolve));
    const text = readFileSync(output, 'utf8');
    const answer = parsed(text);
    if (!answer || answer.exitCode !== exitCode) throw new Error(`the doctor ended with ${String(exitCode)}: ${text}`);
    return answer;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function parsed(text: string): DoctorAnswer | undefined {
  try {
    return JSON.parse(text) as DoctorAnswer;
  } catch {
    return undefined;
  }
}
