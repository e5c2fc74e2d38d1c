import { DoctorError } from './doctor-error';
import type { MicrosipHost } from './microsip-host';

/** Where there is no Windows there is no MicroSIP: only an ini that lies there can be looked after. */
const ELSEWHERE: MicrosipHost = {
  isRunning: () => Promise.resolve(false),
  exit: () => Promise.reject(new DoctorError('unsupported')),
  start: () => Promise.reject(new DoctorError('unsupported')),
  registryFolder: () => Promise.resolve(undefined),
};

/**
 * The host of this computer.
 * @throws DoctorError `unsupported` on Windows as long as nobody gives the doctor a Win32 host
 */
export function localHost(platform: NodeJS.Platform = process.platform): MicrosipHost {
  if (platform === 'win32') throw new DoctorError('unsupported');
  return ELSEWHERE;
}
