import type { ToldSnapshot } from '../../messages/snapshot-json';
import type { CommandResult } from '../../phone/commands/command';
import type { PhoneError } from '../../phone/errors/phone-error';
import type { FinishedCall, PhoneEvent } from '../../phone/phone-event';
import type { FleetPhone } from './fleet-phone';

/** All phones below one base of one broker, as those see them who only read and send commands. */
export interface Fleet {
  /** To the broker. */
  readonly connected: boolean;
  /** All phones that were ever seen, by id; a copy. */
  phones(): FleetPhone[];
  phone(id: string): FleetPhone | undefined;
  /** How a phone stands by what listeners were told, for one that comes later; undefined while that is nothing. */
  told(id: string): ToldSnapshot | undefined;
  /** Now by the clock of the phone's agent, as far as it is known: ms since 1970. */
  agentTime(id: string): number;
  /** Resolves when it is known how a phone stands, or when the broker has had time enough to say so. */
  known(id: string): Promise<void>;
  /** For who wants to know of every phone. @returns what ends it */
  listen(listener: FleetListener): () => void;
  /** For who wants to know of one phone: costs nothing for the others. @returns what ends it */
  follow(id: string, listener: FleetListener): () => void;
  /**
   * Sends one command: again only when the agent has refused it because of its clock.
   * @throws PhoneError `broker_offline`, `agent_offline`, `expired_command`, `config`, and all that the phone itself throws
   */
  send(id: string, command: FleetCommand, options?: SendOptions): Promise<FleetAnswer>;
  /** Resolves when all have answered that are online and meant, or the time is over; nothing is thrown for one phone. */
  sendToMany(target: FleetTarget, command: FleetCommand, options?: CollectOptions): Promise<Map<string, Outcome>>;
  close(): void;
}

/** Called for each phone in the order in which it happened there. */
export interface FleetListener {
  /** For every call exactly one begin and one end, whatever was lost on the way. */
  event?(id: string, event: PhoneEvent): void;
  finished?(id: string, finished: FinishedCall): void;
  /** `phone(id)` has changed. */
  change?(id: string): void;
  connection?(connected: boolean): void;
}

/** A command of the library, or what only an agent takes (`ping`, `snapshot`, `simulate`); it is the agent that checks it. */
export type FleetCommand = Readonly<{ type: string } & Record<string, unknown>>;

/** Who a command is for. */
export type FleetTarget = { all: true } | { group: string } | { phones: readonly string[] };

export interface SendOptions {
  /** Seconds (1 to 60) within which the agent may still carry it out. */
  ttl?: number;
  /** ms to wait for the answer after those */
  timeout?: number;
}

export interface CollectOptions {
  ttl?: number;
  /** ms to wait for all answers */
  time?: number;
}

/** `time` (ms since 1970, of the agent) and `session` are answers to `ping`. */
export type FleetAnswer = CommandResult & { time?: number; session?: string };

export type Outcome = { ok: true; result: FleetAnswer } | { ok: false; error: PhoneError };
