import { basename, dirname, extname, join, resolve, sep } from 'node:path';

/** Where one copy of MicroSIP keeps its things. */
export interface MicrosipFiles {
  mode: 'installed' | 'portable';
  /** Where its program is, and its language pack with it. */
  folder: string;
  ini: string;
  log: string;
  /** The call history of 3.22.5 and newer; older ones keep it in the ini. */
  database: string;
}

/**
 * MicroSIP's own rule (docs/microsip/interface.md#4 to #6, docs/microsip/3.22.16.md#3): the program in the folder that
 * the registry names has its data in the user's profile; any other copy is portable, with its data beside the program.
 * All names but that of the history follow the program's name.
 * @param program path of the program file, whether it is there or not
 * @param registryFolder the folder that MicroSIP was installed into
 */
export function microsipFiles(
  program: string,
  registryFolder: string | undefined,
  env: NodeJS.ProcessEnv = process.env,
): MicrosipFiles {
  const folder = dirname(resolve(program));
  const { APPDATA, LOCALAPPDATA } = env;
  const installed = isSameFolder(folder, registryFolder) && APPDATA !== undefined && LOCALAPPDATA !== undefined;
  const roaming = installed ? join(APPDATA, 'MicroSIP') : folder;
  const local = installed ? join(LOCALAPPDATA, 'MicroSIP') : folder;
  const base = basename(program, extname(program));
  return {
    mode: installed ? 'installed' : 'portable',
    folder,
    ini: join(roaming, `${base}.ini`),
    log: join(local, `${base}_log.txt`),
    database: join(roaming, 'call_log.db'),
  };
}

/** A copy of which nothing but the log is known, if that lies where a portable one has it. */
export function filesBesideLog(log: string): MicrosipFiles | undefined {
  const [, base] = /^(.+)_log\.txt$/i.exec(basename(log)) ?? [];
  return base === undefined ? undefined : microsipFiles(join(dirname(log), `${base}.exe`), undefined);
}

export function isSameFolder(one: string, other: string | undefined): boolean {
  const plain = (path: string): string => (path.endsWith(sep) ? path.slice(0, -1) : path).toLowerCase();
  return other !== undefined && plain(resolve(one)) === plain(resolve(other));
}
