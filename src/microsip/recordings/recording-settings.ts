import { IniFile } from '../ini/ini-file';
import { unquoted } from '../ini/ini-value';
import type { MicrosipFiles } from '../microsip-files';
import { resolvedFolder } from './recording-path';

/** MicroSIP reads no more characters of a path. */
const LONGEST_PATH = 255;

/** Where and when a MicroSIP records (docs/microsip/further.md, part C). */
export interface RecordingSettings {
  folder: string;
  /** It records every call, or has a button for it. */
  mayRecord: boolean;
}

/**
 * @param desktop folder of the user, where an installed copy records as long as nothing else is set
 * @returns undefined when nobody can tell where it records
 */
export function recordingSettings(
  ini: IniFile,
  { folder: programFolder, mode }: Pick<MicrosipFiles, 'folder' | 'mode'>,
  desktop: string | undefined,
): RecordingSettings | undefined {
  const value = (key: string): string => unquoted(ini.get('Settings', key) ?? '').trim();
  const isOn = (key: string, otherwise: string): boolean => (parseInt(value(key) || otherwise, 10) || 0) !== 0;
  const set = value('recordingPath').slice(0, LONGEST_PATH);
  const base = mode === 'installed' ? desktop : programFolder;
  const folder = set === '' ? base && resolvedFolder('Recordings', base) : resolvedFolder(set, programFolder);
  if (folder === undefined) return undefined;
  return { folder, mayRecord: isOn('autoRecording', '0') || isOn('recordingButton', '1') };
}
