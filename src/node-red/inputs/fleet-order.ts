import type { NodeMessageInFlow } from 'node-red';
import { readFleetId, readPhoneId } from '../../fleet/protocol/fleet-id';
import type { FleetCommand, FleetTarget } from '../../fleet/reader/fleet';
import { PhoneError } from '../../phone/errors/phone-error';
import { shownValue } from '../../phone/errors/shown-value';
import { ANSWER_TIME } from '../messages/fleet-words';

/** What flows may put into a message for the fleet node. */
export interface FleetInput extends NodeMessageInFlow {
  phone?: unknown;
  group?: unknown;
  timeout?: unknown;
}

export interface FleetOrder {
  target: FleetTarget;
  command: FleetCommand;
}

/** What the way to the agent has for itself; a command that came by it once may be given as it is. */
const ENVELOPE = ['id', 'from', 'ts', 'ttl', 'session'];

/**
 * The command in a message, and who it is for.
 * @returns undefined when the payload is no command: it has a `type`
 * @throws PhoneError `config` when it is not clear who is meant
 */
export function fleetOrder({ payload, phone, group }: FleetInput): FleetOrder | undefined {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return undefined;
  const fields = Object.entries(payload).filter(([name]) => !ENVELOPE.includes(name));
  const command = Object.fromEntries(fields) as { type?: unknown };
  if (typeof command.type !== 'string') return undefined;
  return { target: target(phone, group), command: command as FleetCommand };
}

/**
 * @param given of the message, which counts before the setting of the node
 * @returns seconds
 * @throws PhoneError `config`
 */
export function answerTime(given: unknown, setting: unknown): number {
  const value = [given, setting].find((one) => one !== undefined && one !== null && one !== '') ?? ANSWER_TIME.preset;
  const seconds = typeof value === 'string' ? Number(value) : value;
  const { least, most } = ANSWER_TIME;
  if (typeof seconds === 'number' && seconds >= least && seconds <= most) return seconds;
  throw new PhoneError('config', 'value', { name: 'timeout', value: shownValue(value) });
}

function target(phone: unknown, group: unknown): FleetTarget {
  const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== '';
  if (isGiven(phone) === isGiven(group)) throw new PhoneError('config', 'fleet_target');
  if (isGiven(group)) return { group: readFleetId(group) };
  if (phone === 'all') return { all: true };
  const phones = [...new Set([phone].flat().map(readPhoneId))];
  if (phones.length === 0) throw new PhoneError('config', 'fleet_target');
  return { phones };
}
