import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again and again until there is an answer other than undefined. */
export async function eventually<T>(ask: () => T | undefined | Promise<T | undefined>, timeout = 20_000): Promise<T> {
  const end = Date.now() + timeout;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`Not within ${timeout} ms: ${ask.toString()}`);
    await sleep(50);
  }
}
