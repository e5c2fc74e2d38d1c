import type { MicrosipFiles } from '../microsip/microsip-files';
import type { ObservedSettings } from '../settings/phone-settings';

/** The files that are observed; whether they are there or not. */
export function sourcePaths(
  files: MicrosipFiles | undefined,
  { logFile, callLog }: Pick<ObservedSettings, 'logFile' | 'callLog'>,
): { log: string | undefined; history: string | undefined } {
  return { log: pathOf(logFile, files?.log), history: pathOf(callLog, files?.database) };
}

function pathOf(setting: string, auto: string | undefined): string | undefined {
  if (setting === 'auto') return auto;
  return setting === '' ? undefined : setting;
}
