import { join } from 'node:path';
import { runProgram } from './agent-exe';

export interface DoctorAnswer extends Record<string, unknown> {
  ok: boolean;
  exitCode: number;
  error?: { code: string; message: string };
}

/** What starts the `microsip-doctor` of the built package. */
const BUILT: [program: string, ...args: string[]] = [
  process.execPath,
  join(process.env['MICROSIP_PACKAGE'] ?? '', 'bin', 'microsip-doctor.js'),
];

/** Runs `microsip-doctor … --json`. */
export async function doctor(
  args: readonly string[],
  env: Record<string, string> = {},
  [program, ...first] = BUILT,
): Promise<DoctorAnswer> {
  const { exitCode, output } = await runProgram(program, [...first, ...args, '--json'], env);
  const answer = parsed(output);
  if (!answer || answer.exitCode !== exitCode) throw new Error(`the doctor ended with ${String(exitCode)}: ${output}`);
  return answer;
}

function parsed(text: string): DoctorAnswer | undefined {
  try {
    return JSON.parse(text) as DoctorAnswer;
  } catch {
    return undefined;
  }
}
