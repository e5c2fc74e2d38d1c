import { dirname, extname, join } from 'node:path';
import type { MicrosipFiles } from '../microsip/microsip-files';
import type { Call } from '../phone/calls/call';
import type { Observer } from '../phone/ports/observer';
import { PhoneError } from '../phone/errors/phone-error';
import type { FinishedCall } from '../phone/phone-event';
import type { ObservedSettings } from '../settings/phone-settings';
import { HistoryObserver } from './history/history-observer';
import { keyOfSameCall } from './history/rows/same-call';
import { HookObserver } from './hooks/hook-observer';
import { hookPipe } from '../microsip/hook-pipe';
import { LogObserver } from './log/log-observer';
import { PresenceFromCalls } from './presence-from-calls';
import { sourcePaths } from './source-paths';

/** What the sources need of the phone that they are for. */
export interface SourceContext {
  settings: Pick<ObservedSettings, 'logFile' | 'callLog' | 'hooks'>;
  /** Names this phone in the file that keeps how far the history has been told. */
  id: string;
  /** The directory of that file. */
  directory: string;
  /** No source sees more than these: calls may begin with the history. */
  alone: boolean;
  knownCalls: () => readonly Call[];
  singleMode: () => boolean | undefined;
  /** The international form of a telephone number. */
  e164: (number: string) => string | undefined;
  /** There is a call history, and it can be read. */
  onHistory: () => void;
  onFinished: (call: FinishedCall) => void;
  onProblem: (problem: PhoneError) => void;
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
  if (log !== undefined)
    observers.push(new LogObserver({ path: log, presence: true, openCalls: () => openCalls(context) }));
  if (settings.hooks && files) observers.push(new PresenceFromCalls(hookObserver(files.ini, context)));
  if (history !== undefined) observers.push(new PresenceFromCalls(historyObserver(history, files, context)));
  return observers;
}

function hookObserver(ini: string, context: SourceContext): Observer {
  const { singleMode, onProblem } = context;
  const pipe = hookPipe(ini);
  return new HookObserver({
    pipe,
    singleMode,
    openCalls: () => openCalls(context),
    warn: (warning) => {
      onProblem(new PhoneError('config', `hooks_${warning}`, { pipe }));
    },
  });
}

function historyObserver(path: string, files: MicrosipFiles | undefined, context: SourceContext): Observer {
  const { settings, id, directory, alone, knownCalls, e164, onHistory, onFinished, onProblem } = context;
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
    known: (row, began) =>
      keyOfSameCall(
        { ...row, time: began / 1000 },
        knownCalls().map((call) => ({ key: call.callId, call })),
        e164,
      ),
    onRead: onHistory,
    onFinished,
    onProblem,
  });
}

function openCalls({ knownCalls }: SourceContext): Call[] {
  return knownCalls().filter(({ callState }) => callState !== 'ended');
}
