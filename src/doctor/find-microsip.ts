import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, extname, join, resolve, sep } from 'node:path';
import { hookPipe } from '../observers/hooks/hook-pipe';
import { unquotedPath } from '../win32/program-path';
import { DoctorError } from './doctor-error';
import type { MicrosipHost } from './microsip-host';

/** Which MicroSIP is meant; empty: the installed one. */
export interface Target {
  program?: string;
  ini?: string;
}

/** One copy of MicroSIP and where it keeps its things (interface document, sections 4 and 5). */
export interface Installation {
  /** Undefined when only an ini was given and no program belongs to it. */
  program: string | undefined;
  mode: 'installed' | 'portable';
  ini: string;
  log: string;
  /** Our hook program and what it needs to know, beside the ini. */
  hookScript: string;
  hookRecord: string;
  pipe: string;
}

/**
 * Finds the MicroSIP that is meant.
 * @throws DoctorError `not_found`
 */
export async function findMicrosip(
  { program, ini }: Target,
  host: Pick<MicrosipHost, 'registryFolder'>,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Installation> {
  const folder = await host.registryFolder();
  const found =
    program !== undefined ? resolve(unquotedPath(program)) : ini === undefined ? installedProgram(folder) : undefined;
  if (ini !== undefined) return ofIni(resolve(unquotedPath(ini)), found, folder, env);
  if (found === undefined || !existsSync(found)) throw new DoctorError('not_found', { program: found ?? '' });
  return installationOf(found, folder, env);
}

/**
 * Where a copy of MicroSIP keeps its things, by MicroSIP's own rule: the folder that the registry names is an installed
 * copy with its data in the user's profile; any other copy is portable, with its data beside the program. All names
 * follow the program's name. Nothing of it need exist.
 * @param program path of the program file
 * @param folder what the registry names, see `MicrosipHost.registryFolder`
 * @throws DoctorError `not_found` for an installed copy of a user without a profile
 */
export function installationOf(
  program: string,
  folder: string | undefined,
  env: NodeJS.ProcessEnv = process.env,
): Installation {
  const found = resolve(unquotedPath(program));
  const base = basename(found, extname(found));
  if (!isSame(dirname(found), folder)) return paths(found, 'portable', dirname(found), dirname(found), base);
  const { APPDATA, LOCALAPPDATA } = env;
  if (!APPDATA || !LOCALAPPDATA) throw new DoctorError('not_found', { program: found });
  return paths(found, 'installed', join(APPDATA, 'MicroSIP'), join(LOCALAPPDATA, 'MicroSIP'), base);
}

function ofIni(
  ini: string,
  given: string | undefined,
  folder: string | undefined,
  env: NodeJS.ProcessEnv,
): Installation {
  const base = basename(ini, extname(ini));
  const roaming = dirname(ini);
  const installed = env.APPDATA !== undefined && isSame(roaming, join(env.APPDATA, 'MicroSIP'));
  const beside = programIn(installed ? folder : roaming, base);
  const local = installed && env.LOCALAPPDATA ? join(env.LOCALAPPDATA, 'MicroSIP') : roaming;
  const mode = installed ? 'installed' : 'portable';
  return { ...paths(given ?? beside, mode, roaming, local, base), ini, pipe: hookPipe(ini) };
}

function paths(
  program: string | undefined,
  mode: Installation['mode'],
  roaming: string,
  local: string,
  base: string,
): Installation {
  const ini = join(roaming, `${base}.ini`);
  return {
    program,
    mode,
    ini,
    log: join(local, `${base}_log.txt`),
    // .cjs: a package.json further up cannot turn it into another kind of module.
    hookScript: join(roaming, `${base}-hook.cjs`),
    hookRecord: join(roaming, `${base}-hook.json`),
    pipe: hookPipe(ini),
  };
}

function installedProgram(folder: string | undefined): string | undefined {
  return programIn(folder, 'microsip');
}

function programIn(folder: string | undefined, base: string): string | undefined {
  if (!folder || !existsSync(folder)) return undefined;
  const name = readdirSync(folder).find((entry) => entry.toLowerCase() === `${base}.exe`.toLowerCase());
  return name === undefined ? undefined : join(folder, name);
}

function isSame(one: string, other: string | undefined): boolean {
  const plain = (path: string): string => (path.endsWith(sep) ? path.slice(0, -1) : path).toLowerCase();
  return other !== undefined && plain(resolve(one)) === plain(resolve(other));
}
