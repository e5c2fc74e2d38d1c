import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { NodeAPI } from 'node-red';
import { PhoneError } from '../phone/phone-error';
import { serveAdmin } from './admin-endpoint';
import { resolved } from './dialog-values';

/** What the dialog asks for. */
interface DoctorRequest {
  action?: unknown;
  /** Path of the program file; empty: the installed one. */
  program?: unknown;
  /** Do it; otherwise only say what would be changed. */
  apply?: unknown;
  /** Exit MicroSIP and start it again. */
  restart?: unknown;
}

const WORKER = join(__dirname, '../doctor/doctor-worker.js');
const ACTIONS: Record<string, readonly string[]> = {
  check: ['check'],
  install: ['install'],
  remove: ['remove'],
  'log on': ['log', 'on'],
  'log off': ['log', 'off'],
};
const LONGEST_PATH = 32_767;
/** MicroSIP may take 30 s to exit; after this time (ms) the doctor itself is in trouble. */
const LONGEST_RUN = 90_000;

/** One at a time: two changes of one ini would undo each other. */
let latest: Promise<unknown> = Promise.resolve();

/** `POST microsip-phone/doctor`: answers what `microsip-doctor --json` prints. */
export function serveDoctor(RED: NodeAPI): void {
  serveAdmin(RED, '/microsip-phone/doctor', (body) => answerTo(resolved(body)));
}

async function answerTo(request: DoctorRequest): Promise<unknown> {
  const args = argumentsFor(request);
  const run = latest.then(() => runDoctor(args));
  latest = run.catch(() => undefined);
  return JSON.parse(await run) as unknown;
}

/** @throws PhoneError `config` */
function argumentsFor({ action, program = '', apply, restart }: DoctorRequest): string[] {
  const command = typeof action === 'string' && Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (!command)
    throw new PhoneError('config', 'action', { action: String(action), possible: Object.keys(ACTIONS).join(', ') });
  if (typeof program !== 'string' || program.length > LONGEST_PATH || /[\u0000-\u001f]/.test(program))
    throw new PhoneError('config', 'value', { name: 'program', value: String(program).slice(0, 100) });
  return [
    ...command,
    '--json',
    // As one argument: whatever the path is, it is not taken for an option.
    ...(program.trim() === '' ? [] : [`--program=${program}`]),
    ...(apply === true ? ['--yes'] : ['--dry-run']),
    ...(apply === true && restart === true ? ['--restart'] : []),
  ];
}

/** @returns the line that it prints */
function runDoctor(args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(WORKER, { workerData: args });
    const limit = setTimeout(() => void worker.terminate(), LONGEST_RUN);
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => {
      clearTimeout(limit);
      reject(new Error(`microsip-doctor ended with ${code}`));
    });
  });
}
