/** MicroSIP opens its ini exclusively for a moment whenever it is started (docs/microsip/3.22.16.md#1). */
const ATTEMPTS = 5;
const PAUSE = 100;

/** The error codes of a file that somebody else has, or that may not be touched. */
export const BUSY = ['EBUSY', 'EPERM', 'EACCES', 'EROFS'];

/** Tries again what failed because somebody else had the file. */
export async function patiently<T>(action: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await action();
    } catch (error) {
      if (attempt === ATTEMPTS || !BUSY.includes(codeOf(error))) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
}

export function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}
