import { installedProgram } from '../installation/registry';
import { sameProgram } from '../../microsip/program-path';
import { processFacts, type ProcessFacts } from '../process/processes';
import { user32, type Handle, type Out } from '../api/user32';
import { readWideText } from '../api/wide-text';

/** Compared with its case: `FindWindowExW` alone would take any (docs/microsip/interface.md#1). */
const MAIN_CLASS = 'MicroSIP';
export const DIALOG_CLASS = '#32770';
const GW_OWNER = 4;
const LONGEST_CLASS_NAME = 256;

export interface FoundWindow extends ProcessFacts {
  hwnd: Handle;
  pid: number;
}

/**
 * The main window to work with: of `program`'s copy when a program is given; else of the installed copy; else the first
 * that is found. Whether it is visible is of no matter.
 */
export function findMainWindow(program: string): FoundWindow | undefined {
  const found = mainWindows();
  if (program !== '') return found.find((window) => isProgram(window, program));
  if (found.length <= 1) return found[0];
  const installed = installedProgram();
  return found.find((window) => installed !== undefined && isProgram(window, installed)) ?? found[0];
}

/** All main windows of MicroSIP on this desktop. */
export function mainWindows(): FoundWindow[] {
  return windowsOfClass(0, MAIN_CLASS).filter(isMainWindow).map(describe);
}

/** The main windows of these processes. */
export function mainWindowsOf(pids: readonly number[]): Handle[] {
  return windowsOfClass(0, MAIN_CLASS).filter((hwnd) => isMainWindow(hwnd) && pids.includes(processOf(hwnd)));
}

/** Whether a window that was found is still the same one; its handle may have passed to another window. */
export function isStill({ hwnd, pid }: Pick<FoundWindow, 'hwnd' | 'pid'>): boolean {
  return processOf(hwnd) === pid && isMainWindow(hwnd);
}

/** All windows of a class, or of any, right below a parent, topmost first; 0: top-level windows. */
export function windowsOfClass(parent: Handle, className: string | null): Handle[] {
  const windows = new Set<Handle>();
  const { FindWindowExW } = user32();
  for (let hwnd = FindWindowExW(parent, 0, className, null); hwnd !== 0 && !windows.has(hwnd);) {
    windows.add(hwnd);
    hwnd = FindWindowExW(parent, hwnd, className, null);
  }
  return [...windows];
}

/** Some top-level window of a process; 0: it has none. */
export function anyWindowOf(pid: number): Handle {
  const { FindWindowExW } = user32();
  const seen = new Set<Handle>();
  for (let hwnd = FindWindowExW(0, 0, null, null); hwnd !== 0 && !seen.has(hwnd);) {
    if (processOf(hwnd) === pid) return hwnd;
    seen.add(hwnd);
    hwnd = FindWindowExW(0, hwnd, null, null);
  }
  return 0;
}

/** @returns 0 for a window that does not exist */
export function processOf(hwnd: Handle): number {
  const pid: Out = [0];
  return user32().GetWindowThreadProcessId(hwnd, pid) === 0 ? 0 : pid[0];
}

export function ownerOf(hwnd: Handle): Handle {
  return user32().GetWindow(hwnd, GW_OWNER);
}

export function classOf(hwnd: Handle): string {
  const name = Buffer.alloc(LONGEST_CLASS_NAME * 2);
  return user32().GetClassNameW(hwnd, name, LONGEST_CLASS_NAME) === 0 ? '' : readWideText(name);
}

function isMainWindow(hwnd: Handle): boolean {
  return classOf(hwnd) === MAIN_CLASS && ownerOf(hwnd) === 0;
}

function describe(hwnd: Handle): FoundWindow {
  const pid = processOf(hwnd);
  return { hwnd, pid, ...processFacts(pid) };
}

function isProgram(window: FoundWindow, program: string): boolean {
  return window.program !== undefined && sameProgram(window.program, program);
}
