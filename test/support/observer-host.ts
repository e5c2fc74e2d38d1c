import { systemClock } from '../../src/clock';
import type { Observation } from '../../src/phone/ports/observation';
import type { ObserverHost } from '../../src/phone/ports/observer';

/** The host of an observer without a phone: one that knows nothing, unless it is told. */
export function hostOf(report: (observation: Observation) => void, more: Partial<ObserverHost> = {}): ObserverHost {
  return {
    clock: systemClock,
    report,
    finished: () => undefined,
    problem: () => undefined,
    knownCalls: () => [],
    singleMode: () => undefined,
    remembered: () => undefined,
    ...more,
  };
}
