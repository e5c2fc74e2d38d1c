import { PhoneError } from '../phone/errors/phone-error';
import { startProgram } from '../win32/process/program-start';

/** Starts the program at a path; resolves when its process is there. */
export type Launcher = (file: string) => Promise<void>;

/** @throws PhoneError `not_running` when Windows cannot start it */
export async function launchPhone(file: string, start: Launcher = startProgram): Promise<void> {
  try {
    await start(file);
  } catch (error) {
    throw cannotStart(file, error instanceof Error ? error.message : String(error));
  }
}

export function cannotStart(file: string, why: string): PhoneError {
  return new PhoneError('not_running', 'cannot_start', { program: file, why });
}
