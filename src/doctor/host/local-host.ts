import { microsipFiles } from '../../microsip/microsip-files';
import { exitProgram, processesOf } from '../../win32/process/program-exit';
import { sessionOf } from '../../win32/process/processes';
import { startProgram } from '../../win32/process/program-start';
import { installedFolder } from '../../win32/installation/registry';
import { DoctorError } from '../program/doctor-error';
import { doctorText } from '../program/doctor-text';
import { HostTrouble, type MicrosipHost } from './microsip-host';
import { concerned } from './sessions';
import { lookOnce } from '../../win32/window/trouble-look';
import { troublesOf } from './troubles';

/** MicroSIP ends its calls first and waits up to 10 s for the program of each (docs/microsip/3.22.16.md#2). */
const EXIT_TAKES = 30_000;
/** A program that fails at once shows a box or is gone, so it has to be there after this time (ms). */
const STARTED_AFTER = 300;

/** Where there is no Windows there is no MicroSIP: only an ini that lies there can be looked after. */
const ELSEWHERE: MicrosipHost = {
  isRunning: () => Promise.resolve(false),
  exit: () => Promise.reject(new DoctorError('unsupported')),
  start: () => Promise.reject(new DoctorError('unsupported')),
  registryFolder: () => Promise.resolve(undefined),
};

/** The calls block for moments; not for the main thread of Node-RED. */
const WINDOWS: MicrosipHost = {
  isRunning: (program) => attempt(() => ours(program).length > 0),
  async exit(program) {
    const trouble = await exitProgram(program, EXIT_TAKES, () => ours(program));
    if (trouble) throw new HostTrouble(doctorText(`why.${trouble}`));
  },
  async start(program) {
    await startProgram(program);
    await new Promise((resolve) => setTimeout(resolve, STARTED_AFTER));
    if (ours(program).length === 0) throw new HostTrouble(doctorText('why.gone'));
  },
  troubles: async (program) => troublesOf(await lookOnce(program)),
  registryFolder: () => attempt(installedFolder),
};

function ours(program: string): number[] {
  const { mode } = microsipFiles(program, installedFolder());
  return concerned(processesOf(program), mode, sessionOf(process.pid), sessionOf);
}

/** The host of this computer. */
export function localHost(platform: NodeJS.Platform = process.platform): MicrosipHost {
  return platform === 'win32' ? WINDOWS : ELSEWHERE;
}

function attempt<T>(action: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(action());
  });
}
