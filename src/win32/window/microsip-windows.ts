import { monotonicMs } from '../../monotonic-ms';
import {
  tabName,
  type DialerPage,
  type MessagesWindow,
  type RingWindow,
  type WindowSnapshot,
} from '../../microsip/window-snapshot';
import { budgetOf, type Budget } from './budget';
import { RingWindows } from './ring-windows';
import type { Handle } from '../api/user32';
import { readFeatures } from './feature-switches';
import { DialogControls } from './dialog-controls';
import { askChecked, askPosition, askSelectedTab, askText, styleOf, titleOf, WindowTrouble } from './window-reader';
import { waitingBox } from './waiting-box';
import { DIALOG_CLASS, ownerOf, windowsOfClass } from './window-search';

const WS_VISIBLE = 0x1000_0000;
const WS_DISABLED = 0x0800_0000;
const WS_MINIMIZE = 0x2000_0000;
/** How often it is read anew when it changes while it is read. */
const MOST_READS = 3;

/** Control ids (docs/microsip/interface.md#7.1, #7.4 and #7.5). */
const STATUS_BAR = 59393;
const MESSAGES = { callOrAnswer: 1023, end: 1055, hold: 1057, transfer: 1135, conference: 1159 } as const;
const TABS = 1000;
const DIALER = {
  microphone: 1018,
  speaker: 1019,
  call: 1022,
  end: 1055,
  hold: 1057,
  number: 1078,
  send: 1012,
  voicemail: 1000,
  noVoicemail: 1013,
  microphoneLevel: 1143,
  speakerLevel: 1144,
} as const;

type Contents = Pick<
  WindowSnapshot,
  'box' | 'title' | 'shown' | 'statusText' | 'statusEnglish' | 'rings' | 'messages' | 'dialer'
>;

/** What is not told by Windows itself is seen within this time (ms), or a poll where that takes longer. */
const LOOK_AT_ALL = 1000;

/** Which windows there are and what their style bits say: all that can be had without waiting for MicroSIP. */
interface Outline {
  rings: Handle[];
  messages: Record<keyof typeof MESSAGES, number>;
  dialer: Record<keyof typeof DIALER, number>;
}

/** The windows of one running MicroSIP. */
export class MicrosipWindows {
  private readonly rings: RingWindows;
  private messages: Handle = 0;
  private dialer: Handle = 0;
  private box: WindowSnapshot['box'];
  private readonly boxes = new Set<Handle>();
  /** The last look whose parts belong together: what still is as it was then needs no proof. */
  private proven = '';
  private latest: Contents | undefined;
  private lookedAtAll = -Infinity;
  private readonly mainControls = new DialogControls();
  private readonly messagesControls = new DialogControls();
  private readonly dialerControls = new DialogControls();

  constructor(
    private readonly main: Handle,
    private readonly pid: number,
  ) {
    this.rings = new RingWindows(main, pid);
  }

  /**
   * @param ms longest time
   * @throws WindowTrouble
   */
  read(ms: number): Contents {
    this.latest = undefined;
    const contents = this.readWhatIsThere(budgetOf(ms));
    this.latest = contents;
    this.lookedAtAll = monotonicMs();
    return contents;
  }

  /**
   * Without a call, a few questions tell whether one has come; the many others can wait a little.
   * @param ms longest time
   * @returns false when it takes a look to know
   * @throws WindowTrouble
   */
  isStillIdle(ms: number): boolean {
    const { latest } = this;
    if (!latest || hasCall(latest) || monotonicMs() - this.lookedAtAll >= LOOK_AT_ALL) return false;
    const { messages, dialer } = latest;
    const budget = budgetOf(ms);
    if (this.findDialogs().length > 0 || this.box?.title !== latest.box?.title) return false;
    const shown = (controls: DialogControls, id: number): boolean => isShown(controls.style(id));
    return (
      (this.messages !== 0) === (messages !== undefined) &&
      (this.dialer !== 0) === (dialer !== undefined) &&
      (!messages ||
        (!shown(this.messagesControls, MESSAGES.end) &&
          shown(this.messagesControls, MESSAGES.callOrAnswer) === messages.callOrAnswerShown)) &&
      (!dialer || !shown(this.dialerControls, DIALER.end)) &&
      titleOf(this.main) === latest.title &&
      isOnScreen(styleOf(this.main)) === latest.shown &&
      this.readStatus(budget).statusText === latest.statusText
    );
  }

  /**
   * @param ms longest time
   * @returns whether somebody calls of whom nobody was told
   */
  notice(created: readonly Handle[], ms: number): boolean {
    return this.rings.notice(created, budgetOf(ms));
  }

  /** What was read is going to be reported: with it goes what rang and was gone before it could be. */
  tell({ rings }: Contents): Pick<WindowSnapshot, 'glimpsed'> {
    const glimpsed = this.rings.tell(rings);
    return glimpsed.length > 0 ? { glimpsed } : {};
  }

  /**
   * The handle of a ringing window; does not wait for MicroSIP.
   * @returns undefined when it is not there any more
   */
  findRing(key: string): Handle | undefined {
    // A thread that was only just started may not have looked yet.
    this.outline();
    return this.rings.withKey(key);
  }

  /**
   * The messages window, if this tab is still the selected one and has a call.
   * @throws WindowTrouble
   */
  findTab(tab: string, budget: Budget): Handle | undefined {
    const { messages: styles } = this.outline();
    if (this.messages === 0 || !isShown(styles.end)) return undefined;
    return tabName({ title: titleOf(this.messages), ...this.selectedTab(budget) }) === tab ? this.messages : undefined;
  }

  /** The dialer page; does not wait for MicroSIP. 0: it is not there. */
  findDialer(): Handle {
    this.findDialogs();
    return this.dialer;
  }

  /** There is a ringing window; does not wait for MicroSIP. */
  isRung(): boolean {
    return this.findDialogs().length > 0;
  }

  /**
   * MicroSIP makes a conference of its calls by itself.
   * @throws WindowTrouble
   */
  mergesCalls(budget: Budget): boolean {
    return readFeatures(this.findDialer(), budget).autoConference ?? false;
  }

  /** The box that waits for a click; does not wait for MicroSIP. */
  findBox(): WindowSnapshot['box'] {
    this.findDialogs();
    return this.box;
  }

  private selectedTab(budget: Budget): { tab?: number } {
    const control = this.messagesControls.control(TABS);
    return control === 0 ? {} : { tab: askSelectedTab(control, budget()) };
  }

  private readWhatIsThere(budget: Budget): Contents {
    try {
      return this.readAll(budget);
    } catch (error) {
      if (!(error instanceof WindowTrouble) || error.trouble !== 'gone') throw error;
      for (const controls of [this.mainControls, this.messagesControls, this.dialerControls]) controls.forget();
      throw error;
    }
  }

  private readAll(budget: Budget): Contents {
    for (let reads = 1; ; reads += 1) {
      const outline = this.outline();
      const contents = this.contents(outline, budget);
      const seen = JSON.stringify([outline, contents]);
      if (seen === this.proven) return contents;
      // Style bits change while MicroSIP is in the middle of something. Its answers come when it is not, so what is
      // the same before and behind them belongs together.
      const belongsTogether = JSON.stringify(this.outline()) === JSON.stringify(outline);
      if (belongsTogether) this.proven = seen;
      if (belongsTogether || reads === MOST_READS) return contents;
    }
  }

  private outline(): Outline {
    return {
      rings: this.findDialogs(),
      messages: stylesOf(this.messagesControls, MESSAGES),
      dialer: stylesOf(this.dialerControls, DIALER),
    };
  }

  /** @returns the ringing ones */
  private findDialogs(): Handle[] {
    const all = windowsOfClass(0, DIALOG_CLASS);
    const dialogs = all.filter((hwnd) => ownerOf(hwnd) === this.main);
    if (!this.isMessages(this.messages)) {
      this.messages = dialogs.find((hwnd) => this.isMessages(hwnd)) ?? 0;
      this.messagesControls.of(this.messages);
    }
    if (!this.isDialer(this.dialer)) {
      this.dialer = windowsOfClass(this.main, DIALOG_CLASS).find((hwnd) => this.isDialer(hwnd)) ?? 0;
      this.dialerControls.of(this.dialer);
    }
    const rings = this.rings.update(dialogs);
    const isKnown = (hwnd: Handle): boolean => hwnd === this.messages || rings.includes(hwnd);
    this.box = waitingBox(this.main, this.pid, all, isKnown, this.boxes);
    return rings;
  }

  private contents(outline: Outline, budget: Budget): Contents {
    const rings = outline.rings.map((hwnd) => this.rings.read(hwnd, budget));
    return {
      ...(this.box && { box: this.box }),
      title: titleOf(this.main),
      shown: isOnScreen(styleOf(this.main)),
      ...this.readStatus(budget),
      rings: rings.filter((ring): ring is RingWindow => ring !== undefined),
      ...(rings.includes(undefined) && { untold: true }),
      ...(this.messages !== 0 && { messages: this.readMessages(outline.messages, budget) }),
      ...(this.dialer !== 0 && { dialer: this.readDialer(outline.dialer, budget) }),
    };
  }

  private readStatus(budget: Budget): { statusText?: string } {
    const statusBar = this.mainControls.of(this.main).control(STATUS_BAR);
    return statusBar === 0 ? {} : { statusText: askText(statusBar, budget()) };
  }

  private readMessages(styles: Outline['messages'], budget: Budget): MessagesWindow {
    const hold = this.messagesControls.control(MESSAGES.hold);
    return {
      ...this.selectedTab(budget),
      title: titleOf(this.messages),
      endShown: isShown(styles.end),
      callOrAnswerShown: isShown(styles.callOrAnswer),
      holdShown: isShown(styles.hold),
      holdChecked: isShown(styles.hold) && askChecked(hold, budget()),
      transferShown: isShown(styles.transfer),
      conferenceShown: isShown(styles.conference),
    };
  }

  private readDialer(styles: Outline['dialer'], budget: Budget): DialerPage {
    const control = (id: number): Handle => this.dialerControls.control(id);
    const holdEnabled = styles.hold !== 0 && (styles.hold & WS_DISABLED) === 0;
    return {
      number: askText(control(DIALER.number), budget()),
      sendShown: isShown(styles.send),
      callShown: isShown(styles.call),
      endShown: isShown(styles.end),
      holdEnabled,
      holdChecked: holdEnabled && askChecked(control(DIALER.hold), budget()),
      microphoneMuted: styles.microphone !== 0 && askChecked(control(DIALER.microphone), budget()),
      speakerMuted: styles.speaker !== 0 && askChecked(control(DIALER.speaker), budget()),
      ...voicemailOf(styles),
      features: readFeatures(this.dialer, budget),
      ...(styles.microphoneLevel !== 0 && { microphoneLevel: askPosition(control(DIALER.microphoneLevel), budget()) }),
      ...(styles.speakerLevel !== 0 && { speakerLevel: askPosition(control(DIALER.speakerLevel), budget()) }),
    };
  }

  private isMessages(hwnd: Handle): boolean {
    if (hwnd === 0 || ownerOf(hwnd) !== this.main) return false;
    const controls = hwnd === this.messages ? this.messagesControls.of(hwnd) : new DialogControls().of(hwnd);
    return [MESSAGES.end, MESSAGES.callOrAnswer, MESSAGES.hold].every((id) => controls.control(id) !== 0);
  }

  private isDialer(hwnd: Handle): boolean {
    if (hwnd === 0) return false;
    const controls = hwnd === this.dialer ? this.dialerControls.of(hwnd) : new DialogControls().of(hwnd);
    return controls.control(DIALER.number) !== 0;
  }
}

function hasCall({ rings, messages, dialer }: Contents): boolean {
  return rings.length > 0 || messages?.endShown === true || dialer?.endShown === true;
}

function stylesOf<T extends Record<string, number>>(controls: DialogControls, ids: T): Record<keyof T, number> {
  const entries = Object.entries(ids).map(([name, id]) => [name, controls.style(id)]);
  return Object.fromEntries(entries) as Record<keyof T, number>;
}

function voicemailOf({ voicemail, noVoicemail }: Outline['dialer']): Pick<DialerPage, 'voicemailWaiting'> {
  const waiting = isShown(voicemail);
  // Between the two states both may be, or neither.
  return waiting === isShown(noVoicemail) ? {} : { voicemailWaiting: waiting };
}

function isShown(style: number): boolean {
  return (style & WS_VISIBLE) !== 0;
}

function isOnScreen(style: number): boolean {
  return isShown(style) && (style & WS_MINIMIZE) === 0;
}
