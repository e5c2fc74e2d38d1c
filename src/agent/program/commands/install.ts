import { SchedulerError } from '../../logon-task/schtasks';
import { taskName, taskPlan } from '../../logon-task/task-plan';
import { taskXml } from '../../logon-task/task-xml';
import { AgentError } from '../agent-error';
import { agentText } from '../agent-text';
import type { CliOptions } from '../cli-options';
import type { CliResult, CliSurroundings } from '../cli-surroundings';
import { openConfig } from '../open-config';

/** Has the agent started whenever this user logs on. */
export async function install(
  options: CliOptions,
  surroundings: CliSurroundings,
  secrets: string[],
): Promise<CliResult> {
  const { env, task, scheduler } = surroundings;
  const { config, file, warnings } = await openConfig(options, surroundings, secrets);
  const description = agentText('task.description', { phones: config.phones.map(({ id }) => id).join(', ') });
  const name = taskName(task.userName);
  const plan = taskPlan(file, description, { ...task, env });
  const xml = taskXml(plan);
  const shown = [...warnings.map(({ text }) => text), agentText('task.planned', { name, user: plan.user }), xml];
  if (options.dryRun) return { exitCode: 0, lines: shown, data: { task: name, xml, dryRun: true } };
  requireWindows(surroundings);
  await confirm(options, surroundings, [...shown, agentText('task.ask')]);
  await attempt(async () => {
    await scheduler.stop(name);
    await scheduler.create(name, xml);
    await scheduler.start(name);
  });
  const lines = [...(options.yes ? shown : []), agentText('task.installed', { name }), agentText('task.environment')];
  return { exitCode: 0, lines, data: { task: name, xml } };
}

export async function uninstall(options: CliOptions, surroundings: CliSurroundings): Promise<CliResult> {
  const { task, scheduler } = surroundings;
  const name = taskName(task.userName);
  requireWindows(surroundings);
  if ((await scheduler.find(name)) === undefined)
    return { exitCode: 0, lines: [agentText('task.none', { name })], data: { task: name, removed: false } };
  const planned = agentText('task.removal', { name });
  if (options.dryRun) return { exitCode: 0, lines: [planned], data: { task: name, dryRun: true } };
  await confirm(options, surroundings, [planned, agentText('task.ask')]);
  await attempt(async () => {
    await scheduler.stop(name);
    await scheduler.remove(name);
  });
  return { exitCode: 0, lines: [agentText('task.removed', { name })], data: { task: name, removed: true } };
}

function requireWindows({ platform }: CliSurroundings): void {
  if (platform !== 'win32') throw new AgentError('not_windows');
}

async function confirm({ yes, json }: CliOptions, { ask }: CliSurroundings, lines: readonly string[]): Promise<void> {
  if (yes) return;
  if (!ask || json || !(await ask(lines.join('\n')))) throw new AgentError('not_confirmed');
}

async function attempt(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof SchedulerError) throw new AgentError('task', { why: error.message });
    throw error;
  }
}
