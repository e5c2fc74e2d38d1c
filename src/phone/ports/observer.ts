import type { Clock } from '../../clock';
import type { Call, Source } from '../calls/call';
import type { PhoneError } from '../errors/phone-error';
import type { FinishedCall, PhoneEvent } from '../phone-event';
import type { Observation, OwnAct } from './observation';

/** What an observer is told of its phone. */
export type PhoneAct =
  | OwnAct
  /** An event, for observers that keep account of what has been told. */
  | { type: 'told'; event: PhoneEvent };

/** What observers leave for those that take their places, by a name that each kind of observer has for itself; plain data. */
export type ObserverMemories = Readonly<Record<string, unknown>>;

/** What an observer needs of the phone that it is for. Nothing of it throws. */
export interface ObserverHost {
  /** By which observers wait, and tell when something happened. */
  readonly clock: Clock;
  readonly report: (observation: Observation) => void;
  /** A call that was over before anybody could report it, with times by the wall clock. */
  readonly finished: (call: FinishedCall) => void;
  /** Something that the phone does without: the observer goes on, or is of no use. */
  readonly problem: (problem: PhoneError) => void;
  /** The open calls and those that ended lately, also from before a deploy. */
  readonly knownCalls: () => readonly Call[];
  /** Whether MicroSIP takes only one call besides ringing ones; undefined as long as nobody has seen it. */
  readonly singleMode: () => boolean | undefined;
  /** What an earlier observer of the same MicroSIP left under this name. */
  readonly remembered: (name: string) => unknown;
  /** What a look saw, before anything is reported of it; undefined when nobody traces the phone. */
  readonly looked?: ((source: Source, shows: object) => void) | undefined;
}

/** One source of observations about one MicroSIP. Who passes on what another one observes implements `Required<Observer>`. */
export interface Observer {
  /** Reports the current state first, then every change. */
  start(host: ObserverHost): Promise<void>;
  /** Looks again now; resolves when all that was seen has been reported, or could not be had in time. */
  refresh(): Promise<void>;
  /** Leaves no timer, thread or listener behind. */
  stop(): Promise<void>;
  /** Told of everything that the phone does by itself, before anything can be seen of it, and of all that it tells. */
  note?(act: PhoneAct): void;
  /**
   * While it is started: what its successor has to know so that it names the same calls by the same keys. Always under its
   * name, even when there is nothing, so that nothing older is taken for it.
   */
  memory?(): ObserverMemories;
}

/** Of the calls that the phone knows. */
export function openCalls({ knownCalls }: Pick<ObserverHost, 'knownCalls'>): Call[] {
  return knownCalls().filter(({ callState }) => callState !== 'ended');
}

/** All that these observers leave. */
export function memoriesOf(observers: readonly Observer[]): ObserverMemories {
  return Object.assign({}, ...observers.map((observer) => observer.memory?.() ?? {})) as ObserverMemories;
}
