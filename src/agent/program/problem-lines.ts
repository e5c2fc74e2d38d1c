import type { ConfigProblem } from '../config/config-problem';
import { agentText } from './agent-text';

/** One line for each problem of a file: where, what is wrong, what to do. */
export function problemLines(problems: readonly ConfigProblem[]): string[] {
  return problems.map(({ path, reason, params }) => {
    const sentence = agentText(`config.${reason}`, params);
    return path === '' ? sentence : `${path}: ${sentence}`;
  });
}
