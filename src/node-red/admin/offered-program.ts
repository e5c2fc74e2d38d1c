import { isPlainLocalPath } from '../../files/path-kind';
import { PhoneError, type ErrorParams } from '../../phone/errors/phone-error';
import { shownValue } from '../../phone/errors/shown-value';
import { plainProgramPath, unquotedPath } from '../../microsip/program-path';
import { deployedPaths } from '../phones/deployed-phones';
import { resolvedPath } from './dialog-values';
import { findCopies } from './found-copies';

const LONGEST_PATH = 32_767;

/** A user may well type such a path, so it is an answer and no fault of the request. */
export class NotOfferedError extends PhoneError {
  constructor(reason: 'not_offered' | 'not_local', params: ErrorParams) {
    super('config', reason, params);
  }
}

/**
 * The program file that a request names, if it may: a doctor writes beside it and starts it. So it has to be one that
 * Find lists or that a deployed phone names.
 * @param asked as the dialog's field has it; empty: the installed one
 * @throws NotOfferedError, and PhoneError `config` for what is no path
 */
export function offeredProgram(asked: unknown): string {
  if (typeof asked !== 'string' || asked.length > LONGEST_PATH || /[\u0000-\u001f]/.test(asked))
    throw new PhoneError('config', 'value', { name: 'program', value: shownValue(asked) });
  const path = unquotedPath(resolvedPath(asked.trim()));
  if (path === '') {
    if (asked.trim() === '') return '';
    throw notOffered(asked);
  }
  const offered = offers().find((one) => isSame(one, path));
  if (offered === undefined) throw notOffered(asked);
  if (!isPlainLocalPath(offered)) throw new NotOfferedError('not_local', { path: shownValue(asked) });
  return offered;
}

function offers(): string[] {
  const deployed = deployedPaths('program').map(unquotedPath);
  if (process.platform !== 'win32') return deployed;
  const { running, installed = '' } = findCopies();
  return [...deployed, ...running.map(({ program = '' }) => program), installed].filter((path) => path !== '');
}

/** By the words alone: to ask the file system would be to look at whatever path somebody names. */
function isSame(one: string, other: string): boolean {
  return plainProgramPath(one).toLowerCase() === plainProgramPath(other).toLowerCase();
}

function notOffered(asked: string): NotOfferedError {
  return new NotOfferedError('not_offered', { program: shownValue(asked) });
}
