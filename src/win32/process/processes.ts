import { kernel32 } from '../api/kernel32';
import type { Handle, LargeOut, Out } from '../api/user32';
import { readWideText } from '../api/wide-text';

const PROCESS_QUERY_LIMITED_INFORMATION = 0x1000;
const SYNCHRONIZE = 0x10_0000;
const TH32CS_SNAPPROCESS = 2;
const WAIT_OBJECT_0 = 0;
const INVALID_HANDLE = -1;
const LONGEST_PATH = 32_768;
/** 1970 in ms since 1601 */
const EPOCH = 11_644_473_600_000;

export interface ProcessFacts {
  /** Absent when Windows does not let us know. */
  program?: string;
  /** ms since 1970 */
  startedAt?: number;
}

/** @returns a handle that is signalled when the process has ended; 0 when Windows does not give one */
export function openForWaiting(pid: number): Handle {
  return kernel32().OpenProcess(SYNCHRONIZE, 0, pid);
}

/** @param process from `openForWaiting` */
export function hasEnded(process: Handle): boolean {
  return process !== 0 && kernel32().WaitForSingleObject(process, 0) === WAIT_OBJECT_0;
}

export function closeHandle(handle: Handle): void {
  if (handle !== 0) kernel32().CloseHandle(handle);
}

export function processFacts(pid: number): ProcessFacts {
  const process = kernel32().OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, 0, pid);
  if (process === 0) return {};
  try {
    const program = imagePath(process);
    const startedAt = startTime(process);
    return { ...(program !== undefined && { program }), ...(startedAt !== undefined && { startedAt }) };
  } finally {
    closeHandle(process);
  }
}

/** The ids of all processes whose program file has this name (any case), in all sessions. */
export function processesNamed(name: string): number[] {
  const { CreateToolhelp32Snapshot, Process32FirstW, Process32NextW, processEntry } = kernel32();
  const list = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
  if (list === INVALID_HANDLE) return [];
  const pids: number[] = [];
  const entry = processEntry();
  let more = Process32FirstW(list, entry);
  while (more !== 0) {
    if (entry.szExeFile.toLowerCase() === name) pids.push(entry.th32ProcessID);
    more = Process32NextW(list, entry);
  }
  closeHandle(list);
  return pids;
}

/** The session that a process runs in: 0 is the one of Windows services. */
export function sessionOf(pid: number): number | undefined {
  const session: Out = [0];
  return kernel32().ProcessIdToSessionId(pid, session) === 0 ? undefined : session[0];
}

function imagePath(process: Handle): string | undefined {
  const path = Buffer.alloc(LONGEST_PATH * 2);
  return kernel32().QueryFullProcessImageNameW(process, 0, path, [LONGEST_PATH]) === 0 ? undefined : readWideText(path);
}

function startTime(process: Handle): number | undefined {
  const start: LargeOut = [0];
  if (kernel32().GetProcessTimes(process, start, [0], [0], [0]) === 0) return undefined;
  return Math.floor(Number(start[0]) / 10_000) - EPOCH;
}
