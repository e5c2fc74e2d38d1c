import type { Observation } from '../../phone/ports/observation';
import type { SelectedTab } from '../../phone/ports/surface';
import { tabName, type WindowSnapshot } from '../../microsip/window-snapshot';
import { processName } from '../../microsip/process-name';
import { absenceText } from '../../microsip/trouble-watch';
import { CallReconciler } from './call-reconciler';
import { CallModeWatch } from './call-mode';
import { AudioWatch } from './audio-watch';
import { FeatureWatch } from './feature-watch';
import { HiddenCalls } from './hidden-calls';
import { LineCalls } from './line-calls';
import type { Look } from './look';
import { RegistrationWatch } from './registration-watch';
import { RingingCalls } from './ringing-calls';
import { VoicemailWatch } from './voicemail-watch';
import type { WindowCall } from './window-call';
import { windowSigns, type WindowSigns } from './window-signs';

export interface Interpretation {
  observations: Observation[];
  /** Something can only be decided by another look after this time (ms). */
  lookAgainIn?: number;
}

export interface InterpreterOptions {
  /** Gives a key that was never given before. */
  nextLineKey: (pid: number) => string;
  /** The calls that an earlier interpreter knew of this process, so that they keep their keys. */
  recall?: (snapshot: WindowSnapshot, time: number) => readonly WindowCall[];
}

/** More than MicroSIP can have calls at a time. */
const REMEMBERED_DIALS = 16;

/**
 * Tells from what the windows of MicroSIP show what happens to its calls. Pure but for its memory of earlier looks: the
 * same looks at the same times give the same observations.
 */
export class WindowInterpreter {
  private readonly reconciler = new CallReconciler();
  private readonly mode = new CallModeWatch();
  private readonly registration = new RegistrationWatch();
  private readonly features = new FeatureWatch();
  private readonly voicemail = new VoicemailWatch();
  private readonly audio = new AudioWatch();
  private readonly hidden = new HiddenCalls(this.reconciler);
  private readonly ringing: RingingCalls;
  private readonly lines: LineCalls;
  private readonly recall: NonNullable<InterpreterOptions['recall']>;
  private presence = '';
  private process = '';
  private reportedMode: boolean | undefined;
  private idleText: string | undefined;
  private readonly dialled: string[] = [];

  constructor({ nextLineKey, recall = () => [] }: InterpreterOptions) {
    this.ringing = new RingingCalls(this.reconciler, nextLineKey);
    this.lines = new LineCalls(this.reconciler, this.ringing, nextLineKey);
    this.recall = recall;
  }

  /** The open calls, for `recall` of a later interpreter. */
  get calls(): readonly WindowCall[] {
    return this.reconciler.open;
  }

  /** @param snapshot what was looked at last */
  selectedTab({ presence, messages }: WindowSnapshot): SelectedTab | undefined {
    if (presence !== 'ready' || !messages) return undefined;
    const { title, endShown: hasCall } = messages;
    const ofTab = this.reconciler.open.filter((call) => call.title === title);
    const [only] = ofTab;
    return { tab: tabName(messages), hasCall, ...(hasCall && only && ofTab.length === 1 && { key: only.key }) };
  }

  noteDial(text: string): void {
    this.dialled.push(text);
    if (this.dialled.length > REMEMBERED_DIALS) this.dialled.shift();
  }

  /** @param time of the latest look: what it has seen itself is left as it is */
  noteMerge(time: number): void {
    this.hidden.resumed(time);
  }

  /**
   * @param snapshot the latest look; may be the same as before, when it saw nothing new
   * @param time of the look, in ms since 1970
   */
  look(snapshot: WindowSnapshot, time: number): Interpretation {
    const again: { ms?: number } = {};
    const lookAgainIn = (ms: number): void => {
      again.ms = Math.max(1, Math.min(ms, again.ms ?? ms));
    };
    const observations = [...this.meetProcess(snapshot, time), ...this.presenceNews(snapshot, time)];
    if (snapshot.presence === 'ready') observations.push(...this.callNews(snapshot, time, lookAgainIn));
    else if (snapshot.presence === 'hung') observations.push(...this.reconciler.news(time));
    return { observations, ...(again.ms !== undefined && { lookAgainIn: again.ms }) };
  }

  /** Another process is another MicroSIP, also when nobody saw the old one go. */
  private meetProcess(snapshot: WindowSnapshot, time: number): Observation[] {
    const process = processName(snapshot);
    if (process === undefined || process === this.process) return [];
    const before = this.process;
    this.process = process;
    if (before === '') for (const call of this.recall(snapshot, time)) this.reconciler.begin({ ...call });
    if (before === '' || this.presence === '' || this.presence.startsWith('absent')) return [];
    return this.presenceNews({ ...snapshot, presence: 'absent', problem: 'not_running' }, time);
  }

  private presenceNews({ presence, problem, box }: WindowSnapshot, time: number): Observation[] {
    const problemText = absenceText({ ...(problem && { problem }), ...(box && { box }) });
    const now = `${presence} ${problem ?? ''} ${problemText ?? ''}`;
    if (presence !== 'ready') this.hidden.interrupted();
    if (presence === 'absent' || presence === 'starting') {
      this.reconciler.clear();
      this.registration.forget();
      this.features.forget();
      this.voicemail.forget();
      this.audio.forget();
    }
    if (now === this.presence) return [];
    this.presence = now;
    const why = problem && { problem, ...(problemText !== undefined && { problemText }) };
    return [{ type: 'presence', time, source: 'window', presence, ...why }];
  }

  private callNews(snapshot: WindowSnapshot, time: number, lookAgainIn: Look['lookAgainIn']): Observation[] {
    const signs = windowSigns(snapshot);
    this.mode.look(signs, time, lookAgainIn);
    const { singleMode } = this.mode;
    const idle = signs.status.text === this.idleText;
    // Before the mode is known, a call that only a tab shows is taken as what it looks like.
    const multi = singleMode === false || (singleMode === undefined && !signs.dialerCall && showsCall(signs));
    const wasDialled = (text: string): boolean => this.dialled.includes(text);
    const { pid = 0, rings, glimpsed = [], untold = false } = snapshot;
    const look: Look = { time, pid, signs, rings, glimpsed, untold, multi, idle, wasDialled, lookAgainIn };
    this.ringing.follow(look);
    this.lines.follow(look);
    this.hidden.follow(look);
    this.ringing.settle(look);
    return [
      ...this.modeNews(time),
      ...this.features.look(snapshot, time),
      ...this.voicemail.look(snapshot, time),
      ...this.audio.look(snapshot, time),
      ...this.reconciler.news(time),
      ...this.registrationNews(look, snapshot.statusEnglish),
    ];
  }

  private modeNews(time: number): Observation[] {
    const { singleMode } = this.mode;
    if (singleMode === undefined || singleMode === this.reportedMode) return [];
    this.reportedMode = singleMode;
    return [{ type: 'call_mode', time, source: 'window', singleMode }];
  }

  /** Without a call the status bar tells of the registration (docs/microsip/interface.md#7.1). */
  private registrationNews({ signs, time, rings }: Look, english?: readonly string[]): Observation[] {
    const { tab, status, dialerCall } = signs;
    const callUp = this.reconciler.open.length > 0 || rings.length > 0 || tab.state !== 'none' || dialerCall;
    if (callUp || status.confirmed !== undefined) return [];
    this.idleText = status.text;
    return this.registration.look(status.text, time, english);
  }
}

function showsCall({ tab }: WindowSigns): boolean {
  return tab.state !== 'none' && tab.state !== 'ringing';
}
