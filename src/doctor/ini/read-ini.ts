import { iniEncoding } from '../../microsip/ini/ini-encoding';
import { IniFile, LONGEST_INI } from '../../microsip/ini/ini-file';
import { FileRefusedError, readRegularFile } from '../../files/regular-file';
import { DoctorError } from '../program/doctor-error';
import { BUSY, codeOf, patiently } from './busy-file';

/** An ini and what its file holds. */
export interface ReadIni {
  ini: IniFile;
  bytes: Buffer;
}

/**
 * @throws DoctorError `ini_missing`, `ini_locked`, `ini_no_file`, `ini_too_large`, and `ini_not_unicode`, `ini_empty`,
 * `ini_damaged` by what `iniEncoding` tells apart
 */
export async function readIni(path: string): Promise<ReadIni> {
  const bytes = await readBytes(path);
  const encoding = iniEncoding(bytes);
  if (typeof encoding === 'object')
    throw new DoctorError('ini_not_unicode', { ini: path, encoding: encoding.name }, 'ini_other_encoding');
  if (encoding === 'empty') throw new DoctorError('ini_empty', { ini: path });
  if (encoding === 'damaged') throw new DoctorError('ini_damaged', { ini: path });
  const ini = IniFile.parse(bytes);
  if (!ini) throw new DoctorError('ini_not_unicode');
  return { ini, bytes };
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    return await patiently(() => readRegularFile(path, LONGEST_INI));
  } catch (error) {
    if (error instanceof FileRefusedError)
      throw new DoctorError(error.why === 'too_large' ? 'ini_too_large' : 'ini_no_file', { ini: path });
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) throw new DoctorError('ini_missing', { ini: path });
    if (BUSY.includes(codeOf(error))) throw new DoctorError('ini_locked', { ini: path });
    throw error;
  }
}
