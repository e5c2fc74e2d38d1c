import { monotonicMs } from '../../monotonic-ms';
import type { OpenConnection } from '../connection/open-connection';

/** ms without another message, after which no more is expected: nothing tells that these were all. */
const QUIET = 700;
const STEP = 50;

/** What the broker has retained, by topic. Empty messages are none. */
export async function retainedIn(connection: OpenConnection, filters: readonly string[]): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  let latest = monotonicMs();
  connection.onMessage(({ topic, payload, retain }) => {
    latest = monotonicMs();
    if (retain && payload.length > 0) found.set(topic, payload);
  });
  await connection.subscribe(Object.fromEntries(filters.map((filter) => [filter, { qos: 1 as const }])));
  latest = monotonicMs();
  while (monotonicMs() - latest < QUIET && connection.isOpen) await new Promise((resolve) => setTimeout(resolve, STEP));
  return found;
}
