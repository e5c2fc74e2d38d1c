import { dirname } from 'node:path';
import { shownAddress } from '../../doctor/directory-warnings';
import { EXIT_CODES } from '../../doctor/program/doctor-error';
import { PhoneError } from '../../phone/errors/phone-error';
import { shownValue } from '../../phone/errors/shown-value';
import { adminError } from './admin-endpoint';
import { variableIn } from './dialog-values';
import { runDoctor } from './doctor-run';
import { NotOfferedError, offeredProgram } from './offered-program';

/** What the dialog asks for. */
interface DoctorRequest {
  action?: unknown;
  /** Of the directory that MicroSIP is to ask. */
  address?: unknown;
  /** Path of the program file; empty: the installed one. */
  program?: unknown;
  /** Do it; otherwise only say what would be changed. */
  apply?: unknown;
  /** Exit MicroSIP and start it again. */
  restart?: unknown;
}

interface DoctorAnswer {
  error?: { code: string; message: string };
}

const ACTIONS: Record<string, readonly string[]> = {
  check: ['check'],
  install: ['install'],
  remove: ['remove'],
  'log on': ['log', 'on'],
  'log off': ['log', 'off'],
  directory: ['directory'],
  'directory off': ['directory', '--remove'],
};
/** After these times (ms) the doctor itself is in trouble: to look takes moments, but MicroSIP may take 30 s to exit. */
const LONGEST_LOOK = 20_000;
const LONGEST_CHANGE = 90_000;

/** Characters; the doctor says how many there may be, this is what it is bothered with. */
const LONGEST_ADDRESS = 10_000;

/** What the doctor itself would say. */
const NOT_FOUND = { code: 'not_found', exitCode: EXIT_CODES.not_found };

/**
 * What `microsip-doctor --json` prints, for a request of the dialog.
 * @param log told of what nobody expected
 * @throws PhoneError `config`, `timeout`
 */
export async function answerDoctor(request: DoctorRequest, log: (line: string) => void): Promise<unknown> {
  try {
    const answer = await answerTo(request);
    if (answer.error?.code !== 'unexpected') return answer;
    log(`microsip-doctor: ${answer.error.message}`);
    return { ...answer, error: adminError(undefined) };
  } catch (error) {
    if (!(error instanceof NotOfferedError)) throw error;
    const { code, exitCode } = NOT_FOUND;
    return { ok: false, exitCode, error: { ...adminError(error), code } };
  }
}

/** @throws NotOfferedError, PhoneError `config`, `timeout` */
async function answerTo({ action, address, program = '', apply, restart }: DoctorRequest): Promise<DoctorAnswer> {
  const command = typeof action === 'string' && Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (!command)
    throw new PhoneError('config', 'action', { action: shownValue(action), possible: Object.keys(ACTIONS).join(', ') });
  const file = offeredProgram(program);
  const args = [
    ...command,
    '--json',
    // As one argument: whatever the path is, it is not taken for an option.
    ...(file === '' ? [] : [`--program=${file}`]),
    ...(apply === true ? ['--yes'] : ['--dry-run']),
    ...(apply === true && restart === true ? ['--restart'] : []),
    // Nor is an address, whatever it is.
    ...(action === 'directory' ? ['--', addressIn(address)] : []),
  ];
  const line = await runDoctor(args, apply === true ? LONGEST_CHANGE : LONGEST_LOOK);
  const hidden = variableIn(program) === undefined ? '' : dirname(file);
  return JSON.parse(line, (_key, value: unknown) => withoutSecrets(value, hidden)) as DoctorAnswer;
}

/** @throws PhoneError `config` */
function addressIn(value: unknown): string {
  if (typeof value === 'string' && value.length <= LONGEST_ADDRESS) return value;
  throw new PhoneError('config', 'value', { name: 'address', value: shownValue(value) });
}

/** What a variable stands for is not told, nor the password that is in an address. */
function withoutSecrets(value: unknown, folder: string): unknown {
  if (typeof value !== 'string') return value;
  return shownAddress(folder === '' ? value : value.replaceAll(folder, '…'));
}
