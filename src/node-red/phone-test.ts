import { existsSync } from 'node:fs';
import { filesOf, programOf } from '../installation/local-installation';
import { sourcePaths } from '../observers/source-paths';
import type { Presence } from '../phone/observation';
import { PhoneError, type ErrorCode } from '../phone/phone-error';
import { languageOf, phoneSettings, type PhoneSettings, type RawSettings } from '../phone/phone-settings';
import { inspectWindow } from '../win32/window-session';
import { adminError, type AdminError } from './admin-endpoint';

/** What the Test button of the phone's dialog shows. */
export interface PhoneTestAnswer extends Partial<AdminError> {
  connection: string;
  presence: Presence;
  title?: string;
  program?: string;
  version?: string;
  pid?: number;
  registrationText?: string;
  /** Files that are followed, in the order of what they know. */
  sources?: { source: 'log' | 'history'; path: string; found: boolean }[];
}

/** Looks once with these settings, changes nothing, leaves nothing behind. */
export async function testPhone(raw: RawSettings): Promise<PhoneTestAnswer> {
  const connection = typeof raw.connection === 'string' ? raw.connection : 'window';
  const problem = (code: ErrorCode): AdminError => {
    const reason = connection === 'dde' && code === 'not_running' ? 'no_dde_server' : undefined;
    return adminError(new PhoneError(code, reason));
  };
  try {
    const settings = phoneSettings(raw);
    if (settings.connection === 'simulator') return { connection, presence: 'ready' };
    if (settings.connection === 'observe') return { connection, ...observed(settings) };
    if (settings.connection === 'mqtt') throw new PhoneError('unsupported', 'connection', { connection });
    const peer = languageOf(settings);
    const { problem: code, presence, statusText, version, ...found } = await inspectWindow({ ...settings, peer });
    const trouble = code ?? (presence === 'absent' ? 'not_running' : presence === 'hung' ? 'timeout' : undefined);
    return {
      connection,
      presence,
      ...found,
      ...(version && { version: version.join('.') }),
      ...(statusText !== undefined && { registrationText: statusText }),
      ...(trouble && problem(trouble)),
      sources: sourcesOf(settings, found.program),
    };
  } catch (error) {
    if (!(error instanceof PhoneError)) throw error;
    return { connection, presence: 'absent', ...adminError(error) };
  }
}

/** @throws PhoneError `config` when there is nothing to observe */
function observed(settings: PhoneSettings): Pick<PhoneTestAnswer, 'presence' | 'sources'> {
  const sources = sourcesOf(settings);
  if (sources.length === 0 && !settings.hooks) throw new PhoneError('config', 'nothing_to_observe');
  return { presence: sources.some(({ found }) => found) ? 'ready' : 'absent', sources };
}

function sourcesOf(settings: PhoneSettings, running?: string): NonNullable<PhoneTestAnswer['sources']> {
  const { log, history } = sourcePaths(filesOf(running ?? programOf(settings.program)), settings);
  return [
    ...(log === undefined ? [] : [{ source: 'log' as const, path: log, found: existsSync(log) }]),
    ...(history === undefined ? [] : [{ source: 'history' as const, path: history, found: existsSync(history) }]),
  ];
}
