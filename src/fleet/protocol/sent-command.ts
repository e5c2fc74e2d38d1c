import { PhoneError } from '../../phone/errors/phone-error';
import { LONGEST_COMMAND } from './payload';

/** What a command says of itself on its way; docs/fleet-protocol.md. */
export interface Envelope {
  /** Of this command alone. */
  id: string;
  /** Who asks: answers come on topics with this name. */
  from?: string;
  /** ms since 1970. */
  ts?: number;
  /** Seconds, 1 to 60. */
  ttl?: number;
  /** Of the agent that it is meant for. */
  session?: string;
}

/**
 * A command as it is published.
 * @throws PhoneError `config` for values that JSON does not know, and for more than 16 KB
 */
export function sentCommand(
  command: Readonly<Record<string, unknown>>,
  { id, from, ts, ttl, session }: Envelope,
): string {
  const text = jsonText({ ...command, id, from, ts, ttl, session });
  if (Buffer.byteLength(text) > LONGEST_COMMAND)
    throw new PhoneError('config', 'command_size', { longest: LONGEST_COMMAND });
  return text;
}

function jsonText(value: object): string {
  try {
    return JSON.stringify(value);
  } catch {
    // A big integer, a circle, or a getter of a stranger's object.
    throw new PhoneError('config', 'command');
  }
}
