import { PhoneError } from '../../phone/errors/phone-error';
import { canonicalJson } from './canonical-json';
import { isFleetId } from './fleet-id';
import { LEAST_TTL, MOST_TTL, type Dating } from './freshness';
import { jsonOf, LONGEST_COMMAND } from './payload';
import { topLevelTexts } from './top-level-texts';
import { phoneTopics } from './topics';

/** Bytes. */
const LONGEST_CORRELATION = 256;
/** Commands are flat; what is deeper is none, and would only keep the agent busy. */
const DEEPEST = 4;

/** What an MQTT 5 message may have besides its payload; as mqtt.js has it. */
export interface Mqtt5Properties {
  responseTopic?: string | undefined;
  correlationData?: Uint8Array | undefined;
  /** Seconds that were left when the broker sent it on. */
  messageExpiryInterval?: number | undefined;
}

export interface CommandMessage {
  payload: Uint8Array;
  retain: boolean;
  properties?: Mqtt5Properties | undefined;
}

/** Whom a message was for. */
export interface Addressee {
  base: string;
  phone: string;
  /** It came on the topic of a group or of all: no phone answers on the topic of another. */
  isOneOfMany?: boolean;
}

/** Where an answer goes. */
export interface AnswerTo {
  id: string;
  from?: string;
  topic: string;
  /** To be sent back as it is. */
  correlationData?: Uint8Array;
}

/** A command whose envelope is right. What is in it has still to pass `readCommand`. */
export interface GivenCommand extends Dating {
  kind: 'command';
  answerTo: AnswerTo;
  /** Its own fields with `type`. */
  fields: Readonly<Record<string, unknown>>;
  /** The same for the same command, whenever it was sent. */
  fingerprint: string;
}

export interface RefusedCommand {
  kind: 'refused';
  answerTo: AnswerTo;
  error: PhoneError;
}

/** Nobody could be answered, or must be. */
export interface DroppedCommand {
  kind: 'dropped';
  why: 'retained' | 'size' | 'json' | 'id';
}

export type ReceivedCommand = GivenCommand | RefusedCommand | DroppedCommand;

/** What a message on a command topic wants. Never throws, whatever it is. */
export function receivedCommand(message: CommandMessage, addressee: Addressee): ReceivedCommand {
  const { payload, retain, properties = {} } = message;
  if (retain) return { kind: 'dropped', why: 'retained' };
  if (payload.byteLength > LONGEST_COMMAND) return tooLarge(payload, addressee);
  const json = jsonOf(payload, LONGEST_COMMAND);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return { kind: 'dropped', why: 'json' };
  const { id, from, ts, ttl, session, ...fields } = json as Record<string, unknown>;
  if (!isFleetId(id)) return { kind: 'dropped', why: 'id' };
  const answerTo = usualAnswer(addressee, id, isFleetId(from) ? from : undefined);
  try {
    return {
      kind: 'command',
      answerTo: wantedAnswer(answerTo, properties, addressee),
      ...dating({ ts, ttl, session }, properties),
      fields: ownFields(from, fields),
      fingerprint: canonicalJson(fields),
    };
  } catch (error) {
    if (!(error instanceof PhoneError)) throw error;
    return { kind: 'refused', answerTo, error };
  }
}

function tooLarge(payload: Uint8Array, addressee: Addressee): ReceivedCommand {
  const { id, from } = topLevelTexts(payload, ['id', 'from']);
  if (!isFleetId(id)) return { kind: 'dropped', why: 'size' };
  return {
    kind: 'refused',
    answerTo: usualAnswer(addressee, id, isFleetId(from) ? from : undefined),
    error: new PhoneError('config', 'command_size', { longest: LONGEST_COMMAND }),
  };
}

function usualAnswer({ base, phone }: Addressee, id: string, from: string | undefined): AnswerTo {
  return { id, ...(from !== undefined && { from }), topic: phoneTopics(base, phone).response(id, from) };
}

/** Whoever may send commands must not be able to publish anywhere with the agent's rights. */
function wantedAnswer(usual: AnswerTo, wanted: Mqtt5Properties, { base, phone, isOneOfMany }: Addressee): AnswerTo {
  const { responseTopic, correlationData } = wanted;
  if (correlationData !== undefined && correlationData.byteLength > LONGEST_CORRELATION)
    throw new PhoneError('config', 'correlation_data', { longest: LONGEST_CORRELATION });
  const below = phoneTopics(base, phone).responses;
  const isOwn = responseTopic !== undefined && !isOneOfMany;
  if (isOwn && !isBelow(responseTopic, below)) throw new PhoneError('config', 'response_topic', { below });
  return {
    ...usual,
    ...(isOwn && { topic: responseTopic }),
    ...(correlationData !== undefined && { correlationData }),
  };
}

function isBelow(topic: string, below: string): boolean {
  return topic.startsWith(below) && topic.length > below.length && !/[+#\0]/.test(topic);
}

function dating({ ts, ttl, session }: Record<string, unknown>, { messageExpiryInterval }: Mqtt5Properties): Dating {
  if (ts !== undefined && !Number.isFinite(ts)) throw new PhoneError('config', 'command_ts');
  if (ttl !== undefined && !(typeof ttl === 'number' && ttl >= LEAST_TTL && ttl <= MOST_TTL))
    throw new PhoneError('config', 'command_ttl', { least: LEAST_TTL, most: MOST_TTL });
  if (session !== undefined && !isFleetId(session)) throw new PhoneError('config', 'command_name', { name: 'session' });
  return {
    ...(ts !== undefined && { ts: ts as number }),
    ...(ttl !== undefined && { ttl }),
    ...(session !== undefined && { session }),
    ...(messageExpiryInterval !== undefined && { expiry: messageExpiryInterval }),
  };
}

function ownFields(from: unknown, fields: Record<string, unknown>): Record<string, unknown> {
  if (from !== undefined && !isFleetId(from)) throw new PhoneError('config', 'command_name', { name: 'from' });
  if (Object.values(fields).some((value) => isDeeper(value, DEEPEST))) throw new PhoneError('config', 'command');
  return fields;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}
