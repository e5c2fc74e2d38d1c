import { LONGEST_VALUE } from '../microsip/ini/ini-value';
import { addressProblem, shownAddress, writtenAddress } from './directory-warnings';
import { DoctorError } from './program/doctor-error';

/**
 * An address as MicroSIP is to have it.
 * @throws DoctorError `bad_url`, `too_long`
 */
export function directoryAddress(text: string): string {
  const address = writtenAddress(text);
  const problem = addressProblem(text);
  if (problem === 'bad_url') throw new DoctorError('bad_url', { url: shownAddress(address).slice(0, LONGEST_VALUE) });
  if (problem) throw new DoctorError('too_long', { length: address.length, longest: LONGEST_VALUE }, problem);
  return address;
}
