import { IniFile } from './ini-file';
import { readRegularFile } from '../../files/regular-file';
import { withinTime } from '../../within-time';

/** Bytes. MicroSIP's own has a third at most; to take apart more would hold up the main thread. */
const LONGEST = 1024 * 1024;
/** ms; a command does not wait for a disk that hangs. */
const PATIENCE = 500;

/** MicroSIP's ini as it is at this moment; undefined when it cannot be read. */
export async function microsipSettings(path: string): Promise<IniFile | undefined> {
  const bytes = await withinTime(readRegularFile(path, LONGEST), PATIENCE, { idle: true }).catch(() => undefined);
  return bytes && IniFile.parse(bytes);
}
