import { PhoneError } from '../../phone/errors/phone-error';
import { shownValue } from '../../phone/errors/shown-value';
import { isFleetId, isPhoneId } from './fleet-id';

export const DEFAULT_BASE = 'microsip';
/** Where Home Assistant looks for devices, unless it was told otherwise. */
export const DISCOVERY_PREFIX = 'homeassistant';

const LONGEST_BASE = 128;
/** MQTT's wildcards, what brokers keep for themselves, and what no topic or nobody's eye can bear. */
const UNFIT = /[+#$\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u;

/**
 * With which all topics of a fleet begin.
 * @param prefixes below which it must not be: Home Assistant would look for devices there
 * @throws PhoneError `config`
 */
export function readBase(given: unknown, prefixes: readonly string[] = [DISCOVERY_PREFIX]): string {
  const isPossible =
    typeof given === 'string' &&
    given.length <= LONGEST_BASE &&
    !UNFIT.test(given) &&
    given.trim() === given &&
    given.split('/').every((level) => level !== '');
  if (!isPossible) throw new PhoneError('config', 'base', { base: shownValue(given), longest: LONGEST_BASE });
  const prefix = prefixes.find((one) => given === one || given.startsWith(`${one}/`));
  if (prefix !== undefined) throw new PhoneError('config', 'base_discovery', { base: given, prefix });
  return given;
}

export interface PhoneTopics {
  availability: string;
  state: string;
  event: string;
  call: string;
  lastCall: string;
  info: string;
  command: string;
  /** All commands in plain text. */
  verbs: string;
  /** What the response topics of this phone begin with. */
  responses: string;
  /** @param from who asked, if he has said so */
  response: (id: string, from?: string) => string;
  /** What became of a command in plain text. */
  verbResponse: string;
}

/** @param phone an id that was checked */
export function phoneTopics(base: string, phone: string): PhoneTopics {
  const root = `${base}/${phone}`;
  const responses = `${root}/response/`;
  return {
    availability: `${root}/availability`,
    state: `${root}/state`,
    event: `${root}/event`,
    call: `${root}/call`,
    lastCall: `${root}/last_call`,
    info: `${root}/info`,
    command: `${root}/command`,
    verbs: `${root}/command/+`,
    responses,
    response: (id, from) => (from === undefined ? `${responses}${id}` : `${responses}${from}/${id}`),
    verbResponse: `${responses}verb`,
  };
}

/** One connection for each phone: its last will is that of the phone. */
export function clientId(base: string, phone: string): string {
  return `${base}-${phone}`;
}

export function groupCommandTopic(base: string, group: string): string {
  return `${base}/group/${group}/command`;
}

export function allCommandTopic(base: string): string {
  return `${base}/all/command`;
}

/** What to subscribe to for all phones of a fleet. */
export interface FleetFilters {
  availability: string;
  state: string;
  info: string;
  event: string;
  call: string;
  /** Answers to whoever calls himself so. */
  responses: (from: string) => string;
}

export function fleetFilters(base: string): FleetFilters {
  return {
    availability: `${base}/+/availability`,
    state: `${base}/+/state`,
    info: `${base}/+/info`,
    event: `${base}/+/event`,
    call: `${base}/+/call`,
    responses: (from) => `${base}/+/response/${from}/+`,
  };
}

/** What a topic of a phone is for, by its last level. */
const KINDS = {
  availability: 'availability',
  state: 'state',
  event: 'event',
  call: 'call',
  last_call: 'last_call',
  info: 'info',
  command: 'command',
} as const;

export type PhoneTopic =
  | { phone: string; kind: (typeof KINDS)[keyof typeof KINDS] }
  | { phone: string; kind: 'verb'; verb: string }
  | { phone: string; kind: 'response'; id: string; from?: string };

/** A command to many phones. */
export type ManyTopic = { kind: 'group'; group: string } | { kind: 'all' };

export type FleetTopic = PhoneTopic | ManyTopic;

/** @returns undefined for a topic that is none of a fleet with this base */
export function readTopic(base: string, topic: string): FleetTopic | undefined {
  if (!topic.startsWith(`${base}/`)) return undefined;
  const levels = topic.slice(base.length + 1).split('/');
  return manyTopic(levels) ?? phoneTopic(levels);
}

function manyTopic(levels: readonly string[]): ManyTopic | undefined {
  const [first, second, third] = levels;
  if (first === 'all' && second === 'command' && levels.length === 2) return { kind: 'all' };
  if (first !== 'group' || third !== 'command' || levels.length !== 3 || !isFleetId(second)) return undefined;
  return { kind: 'group', group: second };
}

function phoneTopic([phone, word = '', ...rest]: readonly string[]): PhoneTopic | undefined {
  if (!isPhoneId(phone)) return undefined;
  if (rest.length === 0)
    return Object.hasOwn(KINDS, word) ? { phone, kind: KINDS[word as keyof typeof KINDS] } : undefined;
  if (rest.length > 2 || !rest.every(isFleetId)) return undefined;
  const [first = '', second] = rest;
  if (word === 'command') return second === undefined ? { phone, kind: 'verb', verb: first } : undefined;
  if (word !== 'response') return undefined;
  return { phone, kind: 'response', ...(second === undefined ? { id: first } : { from: first, id: second }) };
}
