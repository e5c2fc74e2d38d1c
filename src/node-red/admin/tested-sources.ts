import { lstat, stat } from 'node:fs/promises';
import { filesOf, programOf } from '../../win32/installation/local-installation';
import { isPlainLocalPath } from '../../files/path-kind';
import { sourcePaths } from '../../observers/source-paths';
import type { ObservedSettings } from '../../settings/phone-settings';
import { shownValue } from '../../phone/errors/shown-value';
import { deployedPaths } from '../phones/deployed-phones';
import { withinTime } from '../../within-time';
import { variableIn } from './dialog-values';

/** A file that is followed. */
export interface TestedSource {
  source: 'log' | 'history';
  /** As the dialog has it, or where it is when the dialog leaves that open. */
  path: string;
  /** Whether it is there; false also for one that is not named as MicroSIP names it. */
  found: boolean;
  /** Only a deployed phone looks at what is on the network. */
  looked?: false;
}

interface Source {
  name: TestedSource['source'];
  setting: 'logFile' | 'callLog';
  /** The end of the names that MicroSIP gives. */
  ending: RegExp;
  /** For a path that must not be told. */
  anyName: string;
}

const SOURCES: readonly Source[] = [
  { name: 'log', setting: 'logFile', ending: /_log\.txt$/i, anyName: '*_log.txt' },
  { name: 'history', setting: 'callLog', ending: /(?:^|[\\/])call_log\.db$/i, anyName: 'call_log.db' },
];
/** ms; a disk that sleeps or is gone */
const PATIENCE = 2_000;

/**
 * Looks for the files that a phone with these settings would follow. It tells of no others: only of what has the name of
 * a file of MicroSIP's, or is followed already. What a variable stands for is not told.
 * @param typed the settings as the dialog has them
 * @param running the program that was found
 */
export async function testedSources(
  settings: ObservedSettings,
  typed: Readonly<Record<string, unknown>>,
  running?: string,
): Promise<TestedSource[]> {
  const program = running ?? programOf(settings.program);
  const paths = sourcePaths(filesOf(program), settings);
  const mayTell = running !== undefined || settings.program === '' || isTellable(settings.program, typed['program']);
  const tested = SOURCES.map(async (source): Promise<TestedSource[]> => {
    const path = paths[source.name];
    if (path === undefined) return [];
    const isAuto = settings[source.setting] === 'auto';
    const isHidden = !isAuto && variableIn(typed[source.setting]) !== undefined;
    const shown = isAuto ? (mayTell ? path : source.anyName) : shownValue(typed[source.setting]).trim();
    const found = (await isThere(path, source)) ?? 'not looked';
    if (found === 'not looked')
      return [{ source: source.name, path: shown, found: false, ...(!isHidden && { looked: false }) }];
    return [{ source: source.name, path: shown, found }];
  });
  return (await Promise.all(tested)).flat();
}

function isTellable(program: string, typed: unknown): boolean {
  return variableIn(typed) === undefined && isPlainLocalPath(program);
}

/** @returns undefined for a path that is not looked at */
async function isThere(path: string, { setting, ending }: Source): Promise<boolean | undefined> {
  if (!isPlainLocalPath(path)) return undefined;
  if (!ending.test(path) && !deployedPaths(setting).includes(path)) return false;
  // There a link could lead to another computer.
  const look = process.platform === 'win32' ? lstat : stat;
  const there = look(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
  return (await withinTime(there, PATIENCE, { idle: true })) === true;
}
