import { fleetStatus, type PhoneStatus } from '../../check/fleet-status';
import { taskName } from '../../logon-task/task-plan';
import { EXIT_CODES } from '../agent-error';
import { agentText } from '../agent-text';
import type { CliOptions } from '../cli-options';
import type { CliResult, CliSurroundings } from '../cli-surroundings';
import { openConfig } from '../open-config';
import { readRecord } from '../running-record';

/** How the agent of this user stands: its task, its process, and what the broker says of its phones. */
export async function status(
  options: CliOptions,
  surroundings: CliSurroundings,
  secrets: string[],
): Promise<CliResult> {
  const { directory, platform, task, scheduler } = surroundings;
  const { config, file } = await openConfig(options, surroundings, secrets);
  const name = taskName(task.userName);
  const installed = platform === 'win32' ? (await scheduler.find(name)) !== undefined : undefined;
  const running = readRecord(directory, file);
  const phones = await fleetStatus(config);
  const isWell = running !== undefined && phones.every(({ online }) => online);
  return {
    exitCode: isWell ? 0 : exitCodeOf(phones),
    lines: [
      ...(installed === undefined ? [] : [agentText(installed ? 'status.task' : 'status.no_task', { name })]),
      running
        ? agentText('status.running', { pid: running.pid, since: running.since, version: running.version })
        : agentText('status.not_running'),
      ...phones.map(
        ({ id, online, trouble, host = '?', user = '?' }) =>
          `${id}: ${trouble ? agentText(`broker.${trouble.reason}`) : agentText(online ? 'status.online' : 'status.offline', { host, user })}`,
      ),
    ],
    data: {
      task: { name, ...(installed !== undefined && { installed }) },
      ...(running && { running }),
      phones: phones.map(({ trouble, ...phone }) => ({
        ...phone,
        ...(trouble && { error: { ...trouble, message: agentText(`broker.${trouble.reason}`) } }),
      })),
    },
  };
}

function exitCodeOf(phones: readonly PhoneStatus[]): number {
  const [trouble] = phones.flatMap((phone) => phone.trouble ?? []);
  return EXIT_CODES[trouble?.code ?? 'not_running'];
}
