import type { RawSettings } from '../../settings/setting-values';

/** The settings of the phones that are deployed, as Node-RED gave them: with variables replaced. */
const deployed = new Set<RawSettings>();

/** @returns a function that forgets them again */
export function noteDeployed(settings: RawSettings): () => void {
  deployed.add(settings);
  return () => deployed.delete(settings);
}

/** What a setting of the deployed phones names; whoever can deploy could read and start much more. */
export function deployedPaths(name: 'program' | 'logFile' | 'callLog'): string[] {
  return [...deployed].flatMap((settings) => {
    const path = settings[name];
    return typeof path === 'string' && path.trim() !== '' ? [path.trim()] : [];
  });
}
