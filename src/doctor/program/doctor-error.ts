import type { TextParams } from '../../catalog';
import { doctorText } from './doctor-text';

/** What each way of failing gives as the exit code of `microsip-doctor`. */
export const EXIT_CODES = {
  usage: 2,
  bad_url: 2,
  not_found: 3,
  ini_missing: 3,
  program_unknown: 3,
  running: 4,
  started_meanwhile: 4,
  ini_not_unicode: 5,
  ini_empty: 5,
  ini_damaged: 5,
  ini_no_file: 5,
  ini_too_large: 5,
  ini_locked: 5,
  ini_read_only: 5,
  disk_full: 5,
  too_long: 5,
  impossible_path: 5,
  not_confirmed: 6,
  not_installed: 7,
  other_command: 7,
  exit_failed: 9,
  start_failed: 9,
  unsupported: 1,
} as const;

export type DoctorErrorCode = keyof typeof EXIT_CODES;

/** The one error that the doctor throws on purpose; its message says what to do. */
export class DoctorError extends Error {
  override readonly name = 'DoctorError';

  /** @param sentence in the catalog, where a code has several */
  constructor(
    readonly code: DoctorErrorCode,
    readonly params: TextParams = {},
    readonly sentence: string = code,
  ) {
    super(doctorText(`error.${sentence}`, params));
  }

  get exitCode(): number {
    return EXIT_CODES[this.code];
  }
}
