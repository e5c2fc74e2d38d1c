import type { MicrosipWindow } from '../../win32/peer-window';
import { pause, systemClock, type Clock } from '../../clock';
import type { Observer, ObserverHost, ObserverMemories, PhoneAct } from '../../phone/ports/observer';
import type { SelectedTab } from '../../phone/ports/surface';
import type { WindowSnapshot } from '../../microsip/window-snapshot';
import { TroubleWatch } from '../../microsip/trouble-watch';
import { processMemory } from '../process-memory';
import { nextLineKey, recalledCalls, type WindowMemory } from './call-memory';
import { SETTLE } from './look';
import { WindowInterpreter } from './window-interpreter';

const NAME = 'window';
/** How often a refresh looks again until what it saw has settled. */
const MOST_LOOKS = 3;

/** Learns what happens to calls from what the windows of MicroSIP show. */
export class WindowObserver implements Observer {
  private interpreter: WindowInterpreter | undefined;
  private troubles = new TroubleWatch(NAME);
  private host: ObserverHost | undefined;
  private clock: Clock = systemClock;
  private left: WindowMemory | undefined;
  private unsubscribe: () => void = () => undefined;
  private cancelTimer: (() => void) | undefined;
  private cancelTrouble: (() => void) | undefined;
  private lookAgainIn: number | undefined;
  private latest: WindowSnapshot | undefined;
  private time = 0;

  constructor(private readonly window: MicrosipWindow) {}

  async start(host: ObserverHost): Promise<void> {
    this.host = host;
    this.clock = host.clock;
    const left = host.remembered(NAME) as WindowMemory | undefined;
    this.left = left;
    this.troubles = new TroubleWatch(NAME);
    this.interpreter = new WindowInterpreter({
      nextLineKey,
      recall: (snapshot, time) => recalledCalls(left, snapshot, time),
    });
    this.unsubscribe();
    this.unsubscribe = this.window.onSnapshot((snapshot) => {
      this.interpret(snapshot, snapshot.time);
    });
    try {
      await this.window.start();
    } catch (error) {
      // It may have been stopped, which is why this fails, and started again meanwhile.
      if (this.host === host) await this.stop();
      throw error;
    }
  }

  async refresh(): Promise<void> {
    for (let looks = 1; looks <= MOST_LOOKS; looks += 1) {
      await this.lookAgain();
      const wait = this.lookAgainIn;
      if (wait === undefined || wait > SETTLE || !this.interpreter) return;
      await pause(this.clock, wait);
    }
  }

  async stop(): Promise<void> {
    this.unsubscribe();
    this.unsubscribe = () => undefined;
    this.cancelTimer?.();
    this.cancelTrouble?.();
    this.interpreter = undefined;
    this.latest = undefined;
    await this.window.stop();
  }

  /** As the latest look saw it; undefined when there is nothing to be seen. */
  get selectedTab(): SelectedTab | undefined {
    return this.latest && this.interpreter?.selectedTab(this.latest);
  }

  note(act: PhoneAct): void {
    if (act.type === 'dial_sent') this.interpreter?.noteDial(act.number);
    if (act.type === 'merge_sent') this.interpreter?.noteMerge(this.time);
  }

  memory(): ObserverMemories {
    return { [NAME]: processMemory(this.latest, this.interpreter?.calls ?? [], this.clock.now(), this.left) };
  }

  private async lookAgain(): Promise<void> {
    const looked = await this.window.refresh();
    const { snapshot } = this.window;
    if (looked && snapshot) this.interpret(snapshot, this.clock.now());
  }

  private interpret(snapshot: WindowSnapshot, time: number): void {
    if (!this.interpreter) return;
    this.latest = snapshot;
    this.time = Math.max(this.time, time);
    this.host?.looked?.(NAME, snapshot);
    const { observations, lookAgainIn } = this.interpreter.look(snapshot, this.time);
    this.lookAgainIn = lookAgainIn;
    this.cancelTimer?.();
    if (lookAgainIn !== undefined) this.cancelTimer = this.clock.after(lookAgainIn, () => void this.lookAgain());
    for (const observation of observations) this.host?.report(observation);
    this.tellTroubles();
  }

  /** Needs no other look: what has changed would have been reported. */
  private tellTroubles(): void {
    const { latest } = this;
    if (!latest) return;
    const { observations, lookAgainIn } = this.troubles.look(latest, this.time);
    for (const observation of observations) this.host?.report(observation);
    this.cancelTrouble?.();
    if (lookAgainIn === undefined) return;
    this.cancelTrouble = this.clock.after(lookAgainIn, () => {
      this.time = Math.max(this.time, this.clock.now());
      this.tellTroubles();
    });
  }
}
