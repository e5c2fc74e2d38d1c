import type { Fleet } from '../../fleet/reader/fleet';
import type { Command, CommandResult } from '../../phone/commands/command';
import type { PhoneError } from '../../phone/errors/phone-error';
import type { LocalPhone } from '../../phone/local-phone';
import type { PhoneSnapshot } from '../../phone/phone';
import type { RawSettings } from '../../settings/setting-values';
import type { SimulatedMicrosip } from '../../simulator/simulated-microsip';

/** A phone of the running flows, as those see it who show all of them. */
export interface RunningPhone {
  readonly name: string;
  readonly raw: Readonly<RawSettings>;
  readonly simulated: SimulatedMicrosip | undefined;
  readonly local: LocalPhone | undefined;
  readonly elsewhere: { fleet: Fleet; id: string } | undefined;
  readonly lastError: { time: number; error: PhoneError } | undefined;
  readonly userCount: number;
  snapshot(): PhoneSnapshot;
  execute(command: Command): Promise<CommandResult>;
}

const phones = new Map<string, RunningPhone>();
const listeners = new Set<() => void>();

/** @param id of its node; a phone that is deployed anew takes the place of the one before */
export function noteRunning(id: string, phone: RunningPhone): { changed(): void; gone(): void } {
  phones.set(id, phone);
  tell();
  return {
    changed: tell,
    gone: () => {
      if (phones.get(id) === phone) phones.delete(id);
      tell();
    },
  };
}

/** By the ids of their nodes. */
export function runningPhones(): ReadonlyMap<string, RunningPhone> {
  return phones;
}

/**
 * For who wants to know that a phone may have changed, came or went: told far more often than there is news, so a
 * listener should do next to nothing.
 * @returns a function that ends the listening
 */
export function onRunningChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

function tell(): void {
  for (const listener of listeners) listener();
}
