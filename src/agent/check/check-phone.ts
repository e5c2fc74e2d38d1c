import { stat } from 'node:fs/promises';
import { filesOf, programOf } from '../../win32/installation/local-installation';
import { sourcePaths } from '../../observers/source-paths';
import { PhoneError } from '../../phone/errors/phone-error';
import { troubleError } from '../../phone/errors/trouble-error';
import type { Presence } from '../../phone/ports/observation';
import { languageOf, nearSettings, type ObservedSettings } from '../../settings/phone-settings';
import { inspectWindow } from '../../win32/thread/window-session';
import { withinTime } from '../../within-time';
import type { AgentPhoneConfig } from '../config/agent-config';

/** How one phone stands. */
export interface PhoneCheck {
  connection: string;
  presence: Presence;
  /** Of MicroSIP. */
  version?: string;
  program?: string;
  /** What MicroSIP's status line says. */
  registrationText?: string;
  /** Files that are followed, and whether they are there. */
  sources: { source: 'log' | 'history'; path: string; found: boolean }[];
  trouble?: PhoneError;
}

/** ms; a disk that sleeps or is gone */
const PATIENCE = 2000;

/** Looks once, with nothing left behind: a phone of its own would disturb one that an agent has open. */
export async function checkPhone({ phone }: AgentPhoneConfig): Promise<PhoneCheck> {
  const settings = nearSettings(phone);
  const { connection } = settings;
  try {
    if (settings.connection === 'simulator') return { connection, presence: 'ready', sources: [] };
    if (settings.connection === 'observe') {
      const sources = await sourcesOf(settings);
      const nothing = sources.length === 0 && !settings.hooks;
      const isReady = settings.hooks || sources.some(({ found }) => found);
      return {
        connection,
        presence: isReady ? 'ready' : 'absent',
        sources,
        ...(nothing && { trouble: new PhoneError('config', 'nothing_to_observe') }),
      };
    }
    const peer = languageOf(settings);
    const { presence, problem, version, program, statusText } = await inspectWindow({ ...settings, peer });
    const code = problem ?? (presence === 'absent' ? 'not_running' : presence === 'hung' ? 'timeout' : undefined);
    return {
      connection,
      presence,
      ...(version && { version: version.join('.') }),
      ...(program !== undefined && { program }),
      ...(statusText !== undefined && { registrationText: statusText }),
      sources: await sourcesOf(settings, program),
      ...(code && { trouble: troubleError(code, connection) }),
    };
  } catch (error) {
    if (!(error instanceof PhoneError)) throw error;
    return { connection, presence: 'absent', sources: [], trouble: error };
  }
}

async function sourcesOf(settings: ObservedSettings, running?: string): Promise<PhoneCheck['sources']> {
  const paths = sourcePaths(filesOf(running ?? programOf(settings.program)), settings);
  const known = (['log', 'history'] as const).flatMap((source) => {
    const path = paths[source];
    return path === undefined ? [] : [{ source, path }];
  });
  return Promise.all(known.map(async (one) => ({ ...one, found: await isThere(one.path) })));
}

async function isThere(path: string): Promise<boolean> {
  const looked = stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
  return (await withinTime(looked, PATIENCE, { idle: true })) === true;
}
