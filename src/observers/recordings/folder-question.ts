import type { Clock } from '../../clock';
import { withinTime } from '../../within-time';

/** ms; a share that does not answer is not waited for. */
const PATIENCE = 900;

/**
 * Those that still owe an answer. Each further question would keep one of the few threads on which Node.js reads files for
 * the whole program.
 */
const silent = new Set<string>();

/** @returns undefined when it fails, is not answered in time, or the folder has not answered an earlier question yet */
export async function askFolder<T>(folder: string, ask: () => Promise<T>, clock?: Clock): Promise<T | undefined> {
  if (silent.has(folder)) return undefined;
  const question = { isAnswered: false };
  const asked = ask()
    .catch(() => undefined)
    .finally(() => {
      question.isAnswered = true;
      silent.delete(folder);
    });
  const answer = await withinTime(asked, PATIENCE, { idle: true, ...(clock && { clock }) });
  if (!question.isAnswered) silent.add(folder);
  return answer;
}
