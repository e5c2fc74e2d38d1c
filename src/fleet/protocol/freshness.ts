import { PhoneError } from '../../phone/errors/phone-error';

/** Seconds. */
export const LEAST_TTL = 1;
export const MOST_TTL = 60;
/** Where a command has a time, but does not say how long it is valid. */
export const DEFAULT_TTL = 10;
/** So much (s) may the clock of who sends be ahead of the agent's. */
const AHEAD = 2;

/** What a command says of its age. */
export interface Dating {
  /** ms since 1970, by the clock of who sent it. */
  ts?: number;
  /** Seconds from then on in which it may be carried out. */
  ttl?: number;
  /** Of the agent that it is meant for. */
  session?: string;
  /** Seconds after which the broker would have dropped it, had it still had it (MQTT 5 Message Expiry). */
  expiry?: number;
}

/** By what the agent judges it. */
export interface Present {
  /** ms since 1970, as the computer says. */
  now: number;
  session: string;
  /** It may have waited unread: nobody can tell how long, nor whether the broker would have dropped it by now. */
  mayBeOld?: boolean;
}

/** A broker counts whole seconds: it may say that nothing is left of what it has not dropped. */
const LEAST_EXPIRY = 1;

/**
 * What is late, or cannot be told to be not, must not be carried out.
 * @throws PhoneError `expired_command`; its answer has the agent's time
 */
export function requireFresh(
  { ts, ttl = DEFAULT_TTL, session, expiry }: Dating,
  { now, session: ours, mayBeOld = false }: Present,
): void {
  if (session !== undefined && session !== ours) throw new PhoneError('expired_command', 'session');
  if (ts === undefined) {
    if (mayBeOld || (session === undefined && expiry === undefined)) throw new PhoneError('expired_command', 'undated');
    return;
  }
  const age = (now - ts) / 1000;
  if (age > ttl) throw new PhoneError('expired_command', 'late', { age: shownSeconds(age), ttl });
  if (!(age >= -AHEAD)) throw new PhoneError('expired_command', 'ahead', { ahead: shownSeconds(-age) });
}

/**
 * How long (ms) from now on a command that is fresh may still be carried out; undefined when it does not say. Nobody knows
 * how old one without a time is, so that its time begins now.
 */
export function validityLeft({ ts, ttl, expiry }: Dating, now: number): number | undefined {
  const ends = [
    ...(ts === undefined ? [] : [ts - now + (ttl ?? DEFAULT_TTL) * 1000]),
    ...(ts === undefined && ttl !== undefined ? [ttl * 1000] : []),
    ...(expiry === undefined ? [] : [Math.max(LEAST_EXPIRY, expiry) * 1000]),
  ];
  return ends.length === 0 ? undefined : Math.min(...ends);
}

function shownSeconds(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
