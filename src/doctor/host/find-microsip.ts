import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { isSameFolder, microsipFiles } from '../../microsip/microsip-files';
import { hookPipe } from '../../microsip/hook-pipe';
import { unquotedPath } from '../../microsip/program-path';
import { DoctorError } from '../program/doctor-error';
import type { MicrosipHost } from './microsip-host';

/** Which MicroSIP is meant; empty: the installed one. */
export interface Target {
  program?: string;
  ini?: string;
}

/** One copy of MicroSIP and where it keeps its things (docs/microsip/interface.md#4 and #5). */
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
 * What belongs to a copy of MicroSIP. Nothing of it need exist.
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
  const { mode, ini, log } = microsipFiles(found, folder, env);
  if (mode === 'portable' && isSameFolder(dirname(found), folder))
    throw new DoctorError('not_found', { program: found });
  return installation(found, mode, ini, log);
}

function ofIni(
  ini: string,
  given: string | undefined,
  folder: string | undefined,
  env: NodeJS.ProcessEnv,
): Installation {
  const base = basename(ini, extname(ini));
  const roaming = dirname(ini);
  const installed = env.APPDATA !== undefined && isSameFolder(roaming, join(env.APPDATA, 'MicroSIP'));
  const beside = programIn(installed ? folder : roaming, base);
  const local = installed && env.LOCALAPPDATA ? join(env.LOCALAPPDATA, 'MicroSIP') : roaming;
  return installation(given ?? beside, installed ? 'installed' : 'portable', ini, join(local, `${base}_log.txt`));
}

function installation(program: string | undefined, mode: Installation['mode'], ini: string, log: string): Installation {
  const beside = (end: string): string => join(dirname(ini), `${basename(ini, extname(ini))}${end}`);
  // .cjs: a package.json further up cannot turn it into another kind of module.
  return {
    ...{ program, mode, ini, log },
    ...{ hookScript: beside('-hook.cjs'), hookRecord: beside('-hook.json'), pipe: hookPipe(ini) },
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
