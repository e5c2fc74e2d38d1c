import { lstat, opendir } from 'node:fs/promises';
import type { Clock } from '../../clock';
import { microsipSettings } from '../../microsip/ini/microsip-settings';
import type { MicrosipFiles } from '../../microsip/microsip-files';
import {
  dayOf,
  isOfParty,
  momentsOf,
  recordingName,
  type RecordedParty,
} from '../../microsip/recordings/recording-name';
import { isOfThisSystem, recordingByLog, recordingIn } from '../../microsip/recordings/recording-path';
import { recordingSettings, type RecordingSettings } from '../../microsip/recordings/recording-settings';
import type { Direction } from '../../phone/calls/call';
import { askFolder } from './folder-question';

/** Names of a folder that are read at once, and at most. */
const AT_ONCE = 512;
const MOST_NAMES = 200_000;
/** `YYYYMMDD`; a call that goes on for longer than a day is looked for by the first and the last. */
const DAY_LENGTH = 8;
/** The newest that fit are looked at, should they be no files. */
const MOST_CANDIDATES = 4;
/** ms; a file has the second in its name, and who looks at windows sees an answer late. */
const BEFORE = 3_000;
const AFTER = 1_000;

export interface AnsweredCall extends RecordedParty {
  direction?: Direction | undefined;
  /** When it was answered, ms since 1970 by the clock that everybody sees. */
  from: number;
}

export interface RecordedCall extends AnsweredCall {
  /** When it ended, as `from`. */
  to: number;
}

/** The recordings that one copy of MicroSIP makes. Whatever is told of them, no path leads out of their folder. */
export class RecordingFiles {
  /**
   * @param files of that copy
   * @param desktop folder of the user
   */
  constructor(
    private readonly files: MicrosipFiles,
    private readonly desktop: () => string | undefined,
  ) {}

  /** As MicroSIP's ini says now; undefined when nobody can tell. */
  async settings(): Promise<RecordingSettings | undefined> {
    const ini = await microsipSettings(this.files.ini);
    return ini && recordingSettings(ini, this.files, this.desktop());
  }

  /** @param told path, as a log has it @returns undefined when there is no such recording */
  async confirmed(told: string): Promise<string | undefined> {
    const settings = await this.settings();
    const path = settings && recordingByLog(settings.folder, told, this.files.folder);
    return settings && path !== undefined && (await isRecording(settings.folder, path)) ? path : undefined;
  }

  /**
   * The latest recording of a call, by its name: the log does not tell which it is.
   * @param others calls whose recordings may have the same name: with the same party, as it may be shown to many
   */
  async find(
    call: RecordedCall,
    { clock, others = [] }: { clock?: Clock; others?: readonly AnsweredCall[] } = {},
  ): Promise<string | undefined> {
    const settings = await this.settings();
    if (!settings?.mayRecord || !isOfThisSystem(settings.folder)) return undefined;
    const { folder } = settings;
    const search = { over: false, later: others.filter(({ from }) => from > call.from) };
    const names = (await askFolder(folder, () => newestFirst(folder, call, search), clock)) ?? [];
    search.over = true;
    for (const name of names.slice(0, MOST_CANDIDATES)) {
      const path = recordingIn(folder, name);
      if (path !== undefined && (await isRecording(folder, path))) return path;
    }
    return undefined;
  }
}

interface Search {
  /** It is given up when somebody says so. */
  readonly over: boolean;
  /** Calls that were answered after the one whose recording is looked for. */
  readonly later: readonly AnsweredCall[];
}

async function newestFirst(folder: string, call: RecordedCall, search: Search): Promise<string[]> {
  const found: { name: string; moment: number }[] = [];
  // Folders have years in them, and a look at a whole name costs more.
  const days = new Set([dayOf(call.from - BEFORE), dayOf(call.to + AFTER)]);
  let count = 0;
  for await (const { name } of await opendir(folder, { bufferSize: AT_ONCE })) {
    if (search.over || (count += 1) > MOST_NAMES) break;
    const moment = days.has(name.slice(0, DAY_LENGTH)) ? momentOf(name, call, search) : undefined;
    if (moment !== undefined) found.push({ name, moment });
  }
  return found.sort((one, other) => other.moment - one.moment).map(({ name }) => name);
}

/** When this recording was begun; undefined when it is not of the call. */
function momentOf(name: string, call: RecordedCall, { later }: Search): number | undefined {
  const known = recordingName(name);
  if (!known || !isOfParty(known, call, call.direction)) return undefined;
  // It is rather that of the call with the same party that was answered last before it.
  const rivals = later.filter((other) => isOfParty(known, other, other.direction));
  const until = Math.min(call.to + AFTER, ...rivals.map(({ from }) => from - BEFORE - 1));
  return momentsOf(known.stamp).find((one) => one >= call.from - BEFORE && one <= until);
}

/** A file and no link. What another system has cannot be looked at. */
async function isRecording(folder: string, path: string): Promise<boolean> {
  if (!isOfThisSystem(path)) return true;
  const stats = await askFolder(folder, () => lstat(path));
  return stats?.isFile() === true;
}
