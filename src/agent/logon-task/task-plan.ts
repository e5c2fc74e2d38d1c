import { win32 } from 'node:path';
import { AgentError } from '../program/agent-error';
import type { TaskPlan } from './task-xml';

export interface TaskSurroundings {
  env: NodeJS.ProcessEnv;
  userName: string;
  /** The program that an agent is, with its first arguments. */
  program: readonly [program: string, ...args: string[]];
}

/** A folder that npm clears when it likes. */
const OF_NPX = /[\\/]_npx[\\/]/;

/** A user has rights to a name that has his name in it, and several users of a computer do not get in each other's way. */
export function taskName(userName: string): string {
  return `microsip-agent-${userName.replace(/[\\/:*?"<>|\u0000-\u001f]/g, '_')}`;
}

/**
 * @param config the file in full
 * @throws AgentError `task` for what a task could not start
 */
export function taskPlan(config: string, description: string, surroundings: TaskSurroundings): TaskPlan {
  const { env, userName, program } = surroundings;
  const [file, ...first] = program;
  if (program.some((part) => OF_NPX.test(part))) throw new AgentError('task', {}, 'task_of_npx');
  const folder = env['LOCALAPPDATA'] ?? win32.dirname(config);
  const log = win32.join(folder, 'microsip-agent', 'agent.log');
  const args = [...first, 'run', '--config', config, '--log-file', log];
  // The Task Scheduler takes it for an environment variable.
  const percent = [file, ...args].find((text) => text.includes('%'));
  if (percent !== undefined) throw new AgentError('task', { path: percent }, 'task_percent');
  const domain = env['USERDOMAIN'];
  return {
    user: domain ? `${domain}\\${userName}` : userName,
    description,
    program: file,
    args,
    folder: win32.dirname(config),
  };
}
