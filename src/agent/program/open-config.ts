import { resolve } from 'node:path';
import { readConfig, type ReadConfig } from '../config/read-config';
import { isExposed } from '../config/exposure';
import { AgentError } from './agent-error';
import { agentText } from './agent-text';
import type { CliOptions } from './cli-options';
import type { CliSurroundings } from './cli-surroundings';

export interface OpenConfig extends ReadConfig {
  /** In full. */
  file: string;
  /** What is not wrong, but should be known. */
  warnings: ConfigWarning[];
}

export interface ConfigWarning {
  /** In the log. */
  event: 'password_exposed' | 'not_encrypted';
  /** For people. */
  text: string;
}

/**
 * @param secrets gets those that are found
 * @throws AgentError `usage` without a file, ConfigError
 */
export async function openConfig(
  options: CliOptions,
  { env, platform }: Pick<CliSurroundings, 'env' | 'platform'>,
  secrets: string[],
): Promise<OpenConfig> {
  if (options.config === undefined) throw new AgentError('usage', {}, 'no_config');
  const file = resolve(options.config);
  const read = await readConfig(file, env);
  secrets.push(...read.secrets);
  const warnings: ConfigWarning[] = [];
  if (read.plainSecrets.length > 0 && (await isExposed(file, env, platform)))
    warnings.push({
      event: 'password_exposed',
      text: agentText('warning.exposed', { file, paths: read.plainSecrets.join(', ') }),
    });
  if (read.secrets.length > 0 && /^(?:mqtt|ws):/.test(read.config.broker.url) && !isLoopback(read.config.broker.url))
    warnings.push({ event: 'not_encrypted', text: agentText('warning.not_encrypted') });
  return { ...read, file, warnings };
}

function isLoopback(url: string): boolean {
  return /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname);
}
