import type { HostTroubleFound } from './troubles';

/** What the doctor needs to know and do about a MicroSIP program on this computer. */
export interface MicrosipHost {
  /** Whether a MicroSIP started from this file runs that has our ini: an installed one of this Windows session. Upper and lower case of the path do not matter. */
  isRunning(program: string): Promise<boolean>;
  /** Closes it through its window; resolves when the process is gone, rejects with a `HostTrouble` when it does not go. Its calls end. */
  exit(program: string): Promise<void>;
  /** Starts it hidden (`/minimized`). */
  start(program: string): Promise<void>;
  /** What keeps it from working, as its windows show; absent where nobody can look at windows. */
  troubles?(program: string): Promise<HostTroubleFound[]>;
  /**
   * The default value of `Software\MicroSIP` of HKEY_CURRENT_USER, else of HKEY_LOCAL_MACHINE (32-bit view): the folder
   * that MicroSIP was installed into. Undefined without one.
   */
  registryFolder(): Promise<string | undefined>;
}

/** Why MicroSIP did not go or did not come, in a sentence for the user. */
export class HostTrouble extends Error {
  override readonly name = 'HostTrouble';
}
