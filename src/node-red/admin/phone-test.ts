import { isPlainLocalPath } from '../../files/path-kind';
import type { Presence } from '../../phone/ports/observation';
import { PhoneError } from '../../phone/errors/phone-error';
import { troubleError } from '../../phone/errors/trouble-error';
import { languageOf, nearSettings, type ObserveSettings } from '../../settings/phone-settings';
import type { RawSettings } from '../../settings/setting-values';
import { shownValue } from '../../phone/errors/shown-value';
import { unquotedPath } from '../../microsip/program-path';
import { inspectWindow } from '../../win32/thread/window-session';
import { adminError, type AdminError } from './admin-endpoint';
import { resolvedPath, variableIn } from './dialog-values';
import { testedSources, type TestedSource } from './tested-sources';

/** What the Test button of the phone's dialog shows. */
export interface PhoneTestAnswer extends Partial<AdminError> {
  connection: string;
  presence: Presence;
  title?: string;
  program?: string;
  version?: string;
  pid?: number;
  /** Of a phone elsewhere: what its agent calls it, and who has it. */
  phoneName?: string;
  agent?: string;
  host?: string;
  user?: string;
  registrationText?: string;
  /** Files that are followed, in the order of what they know. */
  sources?: TestedSource[];
}

/** What the dialog has in its fields, of any type. */
type Typed = Readonly<Record<string, unknown>>;

const PATHS = ['program', 'logFile', 'callLog'] as const;
/** What has to be known itself; of other settings that are variables the presets are tried. */
const WORDS = ['connection', 'protocol'] as const;
const OTHERS = ['commandIds', 'pollInterval', 'timeout', 'hooks', 'region'] as const;

/** Looks once with these settings, changes nothing, leaves nothing behind. */
export async function testPhone(typed: Typed): Promise<PhoneTestAnswer> {
  const connection = typeof typed['connection'] === 'string' ? shownValue(typed['connection']) : 'window';
  try {
    const settings = nearSettings(settingsFrom(typed));
    if (settings.connection === 'simulator') return { connection, presence: 'ready' };
    if (settings.connection === 'observe') return { connection, ...(await observed(settings, typed)) };
    requireLocal(settings.program, typed['program']);
    const peer = languageOf(settings);
    const { problem: code, presence, statusText, version, ...found } = await inspectWindow({ ...settings, peer });
    const trouble = code ?? (presence === 'absent' ? 'not_running' : presence === 'hung' ? 'timeout' : undefined);
    return {
      connection,
      presence,
      ...found,
      ...(version && { version: version.join('.') }),
      ...(statusText !== undefined && { registrationText: statusText }),
      ...(trouble && adminError(troubleError(trouble, connection))),
      sources: await testedSources(settings, typed, found.program),
    };
  } catch (error) {
    if (!(error instanceof PhoneError)) throw error;
    return { connection, presence: 'absent', ...adminError(error) };
  }
}

function settingsFrom(typed: Typed): RawSettings {
  const paths = PATHS.flatMap((name) => {
    const value = typed[name];
    return typeof value === 'string' ? [[name, resolvedPath(value.trim())]] : [];
  });
  const words = WORDS.map((name) => [name, typed[name]]);
  const others = OTHERS.flatMap((name) => (variableIn(typed[name]) === undefined ? [[name, typed[name]]] : []));
  return Object.fromEntries([...paths, ...words, ...others]) as RawSettings;
}

/**
 * Windows would be asked for it, to compare it with the programs that run.
 * @throws PhoneError `config`
 */
function requireLocal(program: string, typed: unknown): void {
  const path = unquotedPath(program);
  if (path !== '' && !isPlainLocalPath(path, 'win32') && !isPlainLocalPath(path))
    throw new PhoneError('config', 'not_local', { path: shownValue(typed) });
}

/** @throws PhoneError `config` when there is nothing to observe */
async function observed(
  settings: ObserveSettings,
  typed: Typed,
): Promise<Pick<PhoneTestAnswer, 'presence' | 'sources'>> {
  const sources = await testedSources(settings, typed);
  if (sources.length === 0 && !settings.hooks) throw new PhoneError('config', 'nothing_to_observe');
  return { presence: sources.some(({ found }) => found) ? 'ready' : 'absent', sources };
}
