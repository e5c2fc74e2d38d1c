import type { DirectoryWarning } from './directory-warnings';
import type { HostTroubleFound } from './host/troubles';
import type { HookName } from '../microsip/hook-names';

// What the doctor finds and does, as `--json` prints it. Also for the dialog, so nothing of Node.js may come in here.

/**
 * - `installed`: runs our hook program as it should.
 * - `broken`: runs our hook program, but with a Node.js, script or pipe that is not there or not right any more.
 * - `foreign`: runs something else.
 */
export type HookState = 'installed' | 'broken' | 'foreign' | 'absent';

export interface HookFinding {
  key: HookName;
  state: HookState;
  value?: string;
  /** What our program starts besides: the value that was there before. */
  chained?: string;
}

export interface Examination {
  program: string | undefined;
  mode: 'installed' | 'portable';
  ini: string;
  /** Undefined when the program is not known. */
  running: boolean | undefined;
  /** MicroSIP takes only one call; its default. */
  singleMode: boolean;
  /** `size`: bytes, only of one that is too large. */
  log: { path: string; enabled: boolean; exists: boolean; size?: number };
  pipe: string;
  script: { path: string; state: 'current' | 'outdated' | 'missing' };
  hooks: HookFinding[];
  /** Where MicroSIP asks for its directory, with no password in it; undefined: nowhere. */
  directory?: { address: string; warnings: DirectoryWarning[] };
  /** Numbers of the accounts that have a dial plan, by which MicroSIP may call another number than it is told. */
  dialPlans: number[];
  /** Numbers of the accounts that put a prefix before numbers; absent without any. */
  prefixes?: number[];
  /** What keeps it from working now, the most serious first; absent when nothing does, or when nobody can see it. */
  troubles?: HostTroubleFound[];
  /** All the wanted keys are installed, and the script is the current one. */
  healthy: boolean;
}

/** One key of `[Settings]`; values as they stand in the file, but for a password in an address, null without the key. */
export interface LineChange {
  key: string;
  before: string | null;
  after: string | null;
}

/** What a wish does to the files. */
export interface Change {
  ini: string;
  lines: LineChange[];
  /** Files that are written anew or taken away, with their paths. */
  written: string[];
  removed: string[];
  /** What speaks against it. */
  warnings?: DirectoryWarning[];
}

export interface AppliedChange {
  change: Change;
  /** Copy of the ini as it was; absent when the ini did not have to be changed. */
  backup?: string;
  /** MicroSIP was exited and started again. */
  restarted: boolean;
}

export interface HookTrial {
  /** Who listens: a phone of Node-RED, or nobody and the doctor stood in. */
  receiver: 'node-red' | 'doctor';
  /** How many of the runs arrived. */
  received: number;
  runs: number;
  /** Median ms from the start of the program until the receiver had the hook; absent when none arrived. */
  latency?: number;
  /** Median ms that the program ran, for which MicroSIP stands still. */
  cost: number;
}

export function isEmpty({ lines, written, removed }: Change): boolean {
  return lines.length + written.length + removed.length === 0;
}
