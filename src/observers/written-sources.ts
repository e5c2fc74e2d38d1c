import { dirname, extname, join } from 'node:path';
import { filesBesideLog, type MicrosipFiles } from '../microsip/microsip-files';
import type { Observer } from '../phone/ports/observer';
import type { ObservedSettings } from '../settings/phone-settings';
import { HistoryObserver } from './history/history-observer';
import { HookObserver } from './hooks/hook-observer';
import { hookPipe } from '../microsip/hook-pipe';
import { LogObserver } from './log/log-observer';
import { PresenceFromCalls } from './presence-from-calls';
import { LoggedRecordings } from './recordings/logged-recordings';
import { RecordingFiles } from './recordings/recording-files';
import { RecordingObserver } from './recordings/recording-observer';
import { sourcePaths } from './source-paths';
import { userDesktop } from '../win32/installation/local-installation';

/** Which sources there are, and how they are told from those of other phones. */
export interface SourceContext {
  settings: Pick<ObservedSettings, 'logFile' | 'callLog' | 'hooks'>;
  /** Names this phone in the file that keeps how far the history has been told. */
  id: string;
  /** The directory of that file. */
  directory: string;
  /** No source sees more than these: calls may begin with the history. */
  alone: boolean;
  /** The international form of a telephone number. */
  e164: (number: string) => string | undefined;
}

/** ms; nobody talks this long. */
const LONGEST_CALL = 4 * 3_600_000;

/**
 * The observers of what MicroSIP writes and runs: its log, its hooks, its call history.
 * @param files of the copy of MicroSIP; undefined when it is not known: only paths that are set are observed then
 */
export function writtenSources(files: MicrosipFiles | undefined, context: SourceContext): Observer[] {
  const { settings } = context;
  const { log, history } = sourcePaths(files, settings);
  const observers: Observer[] = [];
  const recordings = new LoggedRecordings();
  const ini = log === files?.log ? files?.ini : undefined;
  if (log !== undefined) observers.push(new LogObserver({ path: log, presence: true, recordings, ini }));
  if (settings.hooks && files) observers.push(new PresenceFromCalls(new HookObserver({ pipe: hookPipe(files.ini) })));
  if (history !== undefined) observers.push(new PresenceFromCalls(historyObserver(history, files, context)));
  const known = files ?? (log === undefined ? undefined : filesBesideLog(log));
  if (known && (observers.length > 0 || !context.alone))
    observers.push(new RecordingObserver(new RecordingFiles(known, userDesktop), recordings));
  return observers;
}

function historyObserver(path: string, files: MicrosipFiles | undefined, context: SourceContext): Observer {
  const { settings, id, directory, alone, e164 } = context;
  const isIni = extname(path).toLowerCase() === '.ini';
  const ini = isIni ? path : settings.callLog === 'auto' ? files?.ini : undefined;
  return new HistoryObserver({
    database: isIni ? join(dirname(path), 'call_log.db') : path,
    ...(ini !== undefined && { ini }),
    programFolder: files?.folder ?? dirname(path),
    directory,
    phone: id,
    leads: alone,
    ...(alone && { giveUpAfter: LONGEST_CALL }),
    e164,
  });
}
