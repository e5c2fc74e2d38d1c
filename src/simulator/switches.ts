import { FEATURES, type Feature, type Features } from '../phone/commands/command';
import type { CallTable } from './calls/call-table';
import type { Journal } from './journal';
import type { Recorder } from './recorder';
import type { Timers } from './timers';

/** What is on or off for the whole phone; recording is of one call. */
type Setting = Exclude<Feature, 'recording'>;
type Settings = Record<Setting, boolean>;

/** ms; it writes its ini so long after a change (docs/microsip/further.md#A.4). */
const SAVED_AFTER = 5000;

export interface SwitchOptions {
  /** Whose buttons its settings show. */
  offered: readonly Feature[];
  /** As they are at the beginning. */
  settings: Settings;
}

interface Needed {
  calls: CallTable;
  journal: Journal;
  recorder: Recorder;
  timers: Timers;
}

/** The buttons at the bottom of the dialer (docs/microsip/further.md#A). */
export class Switches {
  private settings: Settings;
  /** What its ini has, and so what it has after a crash. */
  private saved: Settings;
  private cancelSave: () => void = () => undefined;

  /** @param changed told of every change of what is on or off for the whole phone */
  constructor(
    private readonly parts: Needed,
    private readonly options: SwitchOptions,
    private readonly singleMode: () => boolean,
    private readonly changed: () => void,
  ) {
    this.settings = { ...options.settings };
    this.saved = { ...options.settings };
  }

  /** Automatic conferences need more than one call (docs/microsip/further.md#A.1). */
  offers(feature: Feature): boolean {
    return this.options.offered.includes(feature) && !(feature === 'autoConference' && this.singleMode());
  }

  /** A switch whose button is not there has no effect. */
  isOn(feature: Feature): boolean {
    if (!this.offers(feature)) return false;
    if (feature !== 'recording') return this.settings[feature];
    const { calls, recorder } = this.parts;
    return calls.selected !== undefined && recorder.isRecording(calls.selected);
  }

  get features(): Features {
    const offered = FEATURES.filter((feature) => this.offers(feature));
    return Object.fromEntries(offered.map((feature) => [feature, this.isOn(feature)]));
  }

  /** What a click on a button does that does not stand so already; nothing without the button. */
  set(feature: Feature, on: boolean): void {
    if (!this.offers(feature) || this.isOn(feature) === on) return;
    const word = `${feature} ${on ? 'on' : 'off'}`;
    if (feature === 'recording') this.record(on, word);
    else this.settle(feature, on, word);
  }

  /** Settings are written. */
  save(): void {
    this.cancelSave();
    this.saved = { ...this.settings };
  }

  /** The process is gone, and what was not written with it. */
  forget(): void {
    this.settings = { ...this.saved };
  }

  private record(on: boolean, word: string): void {
    const { calls, journal, recorder } = this.parts;
    const call = calls.selected;
    journal.add(call ? 'switched' : 'dropped', word, call?.sipCallId);
    if (call && on) recorder.start(call);
    else if (call) recorder.stop(call);
  }

  private settle(feature: Setting, on: boolean, word: string): void {
    const { journal, timers } = this.parts;
    journal.add('switched', word);
    this.settings[feature] = on;
    this.cancelSave();
    this.cancelSave = timers.after(SAVED_AFTER, () => {
      this.save();
    });
    this.changed();
  }
}
