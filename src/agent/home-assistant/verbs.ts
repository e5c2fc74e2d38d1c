import type { CommandMessage } from '../../fleet/protocol/fleet-command';
import { fleetResponseJson, type FleetFailure, type FleetSuccess } from '../../fleet/protocol/fleet-response';
import { LONGEST_COMMAND, textOf } from '../../fleet/protocol/payload';
import type { PhoneTopics } from '../../fleet/protocol/topics';
import type { Command } from '../../phone/commands/command';
import { PhoneError } from '../../phone/errors/phone-error';
import { shownValue } from '../../phone/errors/shown-value';

/** Commands in plain text, for who can send no JSON, by what becomes of them. */
const COMMANDS = {
  dial: (number) => ({ type: 'dial', number }),
  transfer: (number) => ({ type: 'transfer', number }),
  dtmf: (digits) => ({ type: 'dtmf', digits }),
  answer: () => ({ type: 'answer' }),
  reject: () => ({ type: 'hangup', scope: 'ringing' }),
  hangup: () => ({ type: 'hangup', scope: 'all' }),
  hold: () => ({ type: 'hold', action: 'hold' }),
  resume: () => ({ type: 'hold', action: 'resume' }),
  mute: (text) => ({ type: 'audio', device: 'microphone', action: isOn('mute', text) ? 'mute' : 'unmute' }),
  dnd: (text) => ({ type: 'feature', feature: 'dnd', action: isOn('dnd', text) ? 'on' : 'off' }),
} as const satisfies Record<string, (text: string | undefined) => Command>;

export type Verb = keyof typeof COMMANDS;
export const VERBS = Object.keys(COMMANDS) as Verb[];

export type ReceivedVerb =
  | { kind: 'command'; command: Command }
  | { kind: 'refused'; error: PhoneError }
  /** Retained: it was for another time. */
  | { kind: 'dropped' };

export function verbTopic({ command }: PhoneTopics, verb: Verb): string {
  return `${command}/${verb}`;
}

/**
 * What a message on the topic of a verb wants. Never throws, whatever it is; numbers and digits have still to pass the
 * phone's guard.
 * @param verb the last level of the topic, of any kind
 */
export function receivedVerb(verb: string, { payload, retain }: CommandMessage): ReceivedVerb {
  if (retain) return { kind: 'dropped' };
  try {
    return { kind: 'command', command: verbCommand(verb, payload) };
  } catch (error) {
    if (!(error instanceof PhoneError)) throw error;
    return { kind: 'refused', error };
  }
}

function verbCommand(verb: string, payload: Uint8Array): Command {
  if (payload.byteLength > LONGEST_COMMAND)
    throw new PhoneError('config', 'command_size', { longest: LONGEST_COMMAND });
  const known = VERBS.find((one) => one === verb);
  if (known === undefined)
    throw new PhoneError('config', 'word', { name: 'verb', value: shownValue(verb), possible: VERBS.join(', ') });
  return COMMANDS[known](textOf(payload)?.trim());
}

function isOn(name: string, text: string | undefined): boolean {
  if (text === 'ON' || text === 'OFF') return text === 'ON';
  throw new PhoneError('config', 'word', { name, value: shownValue(text), possible: 'ON, OFF' });
}

export type VerbOutcome = Omit<FleetSuccess, 'id'> | Omit<FleetFailure, 'id'>;

/** What became of it, for the response topic of all verbs. */
export function verbResponseJson(verb: string, outcome: VerbOutcome): object {
  return { verb, ...fleetResponseJson({ ...outcome, id: 'verb' }) };
}
