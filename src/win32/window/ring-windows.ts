import { monotonicMs } from '../../monotonic-ms';
import type { RingWindow } from '../../microsip/window-snapshot';
import { user32, type Handle } from '../api/user32';
import { askText, WindowTrouble } from './window-reader';
import { classOf, DIALOG_CLASS, ownerOf, processOf } from './window-search';

/** Control ids (docs/microsip/interface.md#7.3). */
const DETAILS = 1025;
const NAME = 1026;
const DECLINE = 1032;
const GA_ROOT = 2;
/** A window whose texts are empty still (ms) after it was found is not going to have any. */
const TEXTS_TAKE = 500;

interface Ring {
  key: string;
  foundAt: number;
  texts?: Pick<RingWindow, 'name' | 'details'>;
  /** It was reported. */
  told: boolean;
}

/** The ringing windows of one MicroSIP. */
export class RingWindows {
  private readonly rings = new Map<Handle, Ring>();
  private readonly uses = new Map<Handle, number>();
  private glimpsed: RingWindow[] = [];

  constructor(
    private readonly main: Handle,
    private readonly pid: number,
  ) {}

  /**
   * Brings the list up to date. What was found before is asked for itself: an enumeration may miss a window while
   * others come and go.
   * @param dialogs where to look for new ones
   */
  update(dialogs: readonly Handle[]): Handle[] {
    for (const [hwnd, ring] of this.rings) {
      if (!this.isRinging(hwnd)) this.lose(hwnd, ring);
    }
    for (const hwnd of dialogs) this.find(hwnd);
    return [...this.rings.keys()];
  }

  /**
   * Looks at once for ringing windows among those that were created just now, and reads them: they may be gone soon.
   * @returns whether one is there that nobody was told of
   */
  notice(created: readonly Handle[], budget: () => number): boolean {
    const roots = new Set(created.map((hwnd) => user32().GetAncestor(hwnd, GA_ROOT)));
    const rings = [...roots].filter((hwnd) => hwnd !== 0 && this.find(hwnd));
    try {
      for (const hwnd of rings) this.read(hwnd, budget);
    } catch (error) {
      if (!(error instanceof WindowTrouble)) throw error;
    }
    return rings.some((hwnd) => {
      const ring = this.rings.get(hwnd);
      return ring?.texts !== undefined && !ring.told;
    });
  }

  /** @returns those that are gone without ever having been among what was told */
  tell(told: readonly RingWindow[]): RingWindow[] {
    for (const ring of this.rings.values()) ring.told ||= told.some(({ key }) => key === ring.key);
    const { glimpsed } = this;
    this.glimpsed = [];
    return glimpsed;
  }

  /**
   * @returns undefined when it has gone meanwhile, or when its texts are not there yet
   * @throws WindowTrouble `hung`, `denied`
   */
  read(hwnd: Handle, budget: () => number): RingWindow | undefined {
    const ring = this.rings.get(hwnd);
    if (!ring) return undefined;
    try {
      const name = askText(user32().GetDlgItem(hwnd, NAME), budget());
      const details = askText(user32().GetDlgItem(hwnd, DETAILS), budget());
      if (details === '' && monotonicMs() - ring.foundAt < TEXTS_TAKE) return undefined;
      ring.texts = { name, details };
      return { key: ring.key, name, details };
    } catch (error) {
      if (error instanceof WindowTrouble && error.trouble === 'gone') return undefined;
      throw error;
    }
  }

  /** @returns undefined when that window is not there any more */
  withKey(key: string): Handle | undefined {
    const [hwnd] = [...this.rings].find(([, ring]) => ring.key === key) ?? [];
    return hwnd !== undefined && this.isRinging(hwnd) ? hwnd : undefined;
  }

  private find(hwnd: Handle): boolean {
    if (this.rings.has(hwnd)) return true;
    if (!this.isRinging(hwnd)) return false;
    this.rings.set(hwnd, { key: this.newKey(hwnd), foundAt: monotonicMs(), told: false });
    return true;
  }

  private lose(hwnd: Handle, { key, texts, told }: Ring): void {
    this.rings.delete(hwnd);
    if (!told) this.glimpsed.push({ key, name: '', details: '', ...texts });
  }

  private isRinging(hwnd: Handle): boolean {
    const { GetDlgItem } = user32();
    return (
      ownerOf(hwnd) === this.main &&
      processOf(hwnd) === this.pid &&
      classOf(hwnd) === DIALOG_CLASS &&
      GetDlgItem(hwnd, DECLINE) !== 0 &&
      GetDlgItem(hwnd, NAME) !== 0
    );
  }

  /** Made from what lasts as long as the window, so that a later watcher gives it too; Windows may use a handle again. */
  private newKey(hwnd: Handle): string {
    const use = (this.uses.get(hwnd) ?? 0) + 1;
    this.uses.set(hwnd, use);
    return `ring:${this.pid}:${hwnd}${use > 1 ? `:${use}` : ''}`;
  }
}
