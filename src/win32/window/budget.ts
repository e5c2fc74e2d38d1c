import { monotonicMs } from '../../monotonic-ms';
import { WindowTrouble } from './window-reader';

/**
 * How long (ms) the next answer may take: all answers to one request together.
 * @throws WindowTrouble when the time is over
 */
export type Budget = () => number;

/**
 * @param deadline by `monotonicMs`
 * @param givenUp nobody wants the request any more, as after the phone was closed
 */
export function budgetUntil(deadline: number, givenUp: () => boolean = () => false): Budget {
  return () => {
    const left = Math.ceil(deadline - monotonicMs());
    if (left <= 0 || givenUp()) throw new WindowTrouble('hung');
    return left;
  };
}

export function budgetOf(ms: number): Budget {
  return budgetUntil(monotonicMs() + ms);
}
