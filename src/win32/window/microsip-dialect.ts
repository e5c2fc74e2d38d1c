import type { Encoded } from '../peer-window';
import { dirname } from 'node:path';
import { inEnglish, languagePackInSync, type LanguagePack } from '../../microsip/language-pack';
import { PhoneError } from '../../phone/errors/phone-error';
import { ansiEncoding } from '../api/ansi-encoding';
import type { Budget } from './budget';
import { deliver, deliverToProgram, isReady, type Receiver } from './command-delivery';
import { MicrosipWindows } from './microsip-windows';
import type { Handle } from '../api/user32';
import type { SeenWindow, WindowDialect } from './window-dialect';
import type { FoundWindow } from './window-search';
import type { WindowSnapshot } from '../../microsip/window-snapshot';

/** Longest wait (ms) for what a look asks, so that no command waits longer behind a look. */
const LONGEST_READ = 250;

/** Longest wait (ms) for the texts of ringing windows that were created just now. */
const LONGEST_NOTICE = 100;

/** MicroSIP's own language, and what its windows show. */
export class MicrosipDialect implements WindowDialect {
  private readonly windows: MicrosipWindows;
  private readonly patience: number;
  /** MicroSIP reads it when it starts. */
  private pack: LanguagePack | undefined;
  /** The status text at the last time that it was ready. */
  private readyText: string | undefined;
  private latest: SeenWindow | undefined;

  /** @param timeout ms; no look waits longer for one answer */
  constructor(
    private readonly found: FoundWindow,
    private readonly version: Receiver['version'],
    timeout: number,
  ) {
    this.windows = new MicrosipWindows(found.hwnd, found.pid);
    this.patience = Math.min(LONGEST_READ, timeout);
  }

  notice(created: readonly Handle[]): boolean {
    return this.windows.notice(created, Math.min(LONGEST_NOTICE, this.patience));
  }

  box(): WindowSnapshot['box'] {
    return this.windows.findBox();
  }

  look(casually = false): SeenWindow {
    const { latest } = this;
    if (casually && latest?.presence === 'ready' && !latest.contents.glimpsed) {
      if (this.windows.isStillIdle(this.patience)) return latest;
    }
    this.latest = undefined;
    this.latest = this.lookAtAll();
    return this.latest;
  }

  private lookAtAll(): SeenWindow {
    const contents = { ...this.windows.read(this.patience) };
    const english = this.english(contents.statusText);
    if (english.length > 0) contents.statusEnglish = english;
    const { statusText } = contents;
    const known = statusText !== undefined && statusText === this.readyText;
    const ready = known || isReady(this.found.hwnd, this.patience);
    this.readyText = ready ? (statusText ?? '') : undefined;
    return { presence: ready ? 'ready' : 'starting', contents: { ...contents, ...this.windows.tell(contents) } };
  }

  private english(statusText = ''): string[] {
    const { program } = this.found;
    this.pack ??=
      (program === undefined ? undefined : languagePackInSync(dirname(program), ansiEncoding())) ?? new Map();
    return this.pack.size === 0 ? [] : inEnglish(this.pack, statusText.trim());
  }

  deliver(encoded: Encoded, budget: Budget): void {
    const { found, version, windows } = this;
    if ('app' in encoded) {
      deliverToProgram({ hwnd: found.hwnd, version }, encoded, budget);
      return;
    }
    if ('id' in encoded || 'execute' in encoded) throw new PhoneError('unsupported');
    deliver({ hwnd: found.hwnd, version, windows }, encoded, budget);
  }
}
