import type { MicrosipWindow } from '../../win32/peer-window';
import { systemClock, type Clock } from '../../clock';
import { isOnline, type Observation } from '../../phone/ports/observation';
import type { Observer, ObserverHost, ObserverMemories, PhoneAct } from '../../phone/ports/observer';
import type { WindowSnapshot } from '../../microsip/window-snapshot';
import { processName } from '../../microsip/process-name';
import { absenceText, TroubleWatch } from '../../microsip/trouble-watch';
import { StatusInterpreter } from './status-interpreter';
import { processMemory } from '../process-memory';
import { recalledCall, type StatusMemory } from './status-memory';

const NAME = 'status';

/**
 * Learns what happens to calls from the status that a peer of the documented interface gives when it is asked
 * (docs/microsip/older-interface.md#status).
 */
export class StatusObserver implements Observer {
  private interpreter: StatusInterpreter | undefined;
  private host: ObserverHost | undefined;
  private clock: Clock = systemClock;
  private left: StatusMemory | undefined;
  private unsubscribe: () => void = () => undefined;
  private cancelTimer: (() => void) | undefined;
  private cancelLook: (() => void) | undefined;
  private troubles = new TroubleWatch(NAME);
  private latest: WindowSnapshot | undefined;
  private process: string | undefined;
  private presence = '';
  private time = 0;

  constructor(private readonly window: MicrosipWindow) {}

  async start(host: ObserverHost): Promise<void> {
    this.host = host;
    this.clock = host.clock;
    this.left = host.remembered(NAME) as StatusMemory | undefined;
    this.interpreter = new StatusInterpreter();
    this.presence = '';
    this.process = undefined;
    this.troubles = new TroubleWatch(NAME);
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
    const looked = await this.window.refresh();
    const { snapshot } = this.window;
    if (looked && snapshot) this.interpret(snapshot, this.clock.now());
  }

  async stop(): Promise<void> {
    this.unsubscribe();
    this.unsubscribe = () => undefined;
    this.cancelTimer?.();
    this.cancelLook?.();
    this.interpreter = undefined;
    this.latest = undefined;
    await this.window.stop();
  }

  note(act: PhoneAct): void {
    const { interpreter } = this;
    if (act.type === 'dial_sent' && interpreter) this.tell(interpreter.dialled(act.number, this.at(this.clock.now())));
    if (act.type === 'hangup_sent') interpreter?.hungUp();
  }

  memory(): ObserverMemories {
    const open = this.interpreter?.open;
    return { [NAME]: processMemory(this.latest, open ? [open] : [], this.clock.now(), this.left) };
  }

  private interpret(snapshot: WindowSnapshot, time: number): void {
    const { interpreter } = this;
    if (!interpreter) return;
    const at = this.at(time);
    this.host?.looked?.(NAME, snapshot);
    this.meetProcess(snapshot, at);
    this.latest = snapshot;
    this.tellPresence(snapshot, at);
    this.tellTroubles(snapshot, at);
    if (!isOnline(snapshot.presence)) interpreter.forget();
    const { documented } = snapshot;
    if (snapshot.presence !== 'ready' || !documented) return;
    this.tell(interpreter.look(documented.status, documented.number, at));
  }

  /** Another process is another peer, also when nobody saw the old one go. */
  private meetProcess(snapshot: WindowSnapshot, time: number): void {
    const process = processName(snapshot);
    if (process === undefined || process === this.process) return;
    const isFirst = this.process === undefined;
    this.process = process;
    if (!isFirst) {
      this.tellPresence({ presence: 'absent', problem: 'not_running' }, time);
      this.interpreter?.forget();
      return;
    }
    const call = recalledCall(this.left, snapshot, time);
    if (call) this.interpreter?.recall(call);
  }

  private tellPresence({ presence, problem }: Pick<WindowSnapshot, 'presence' | 'problem'>, time: number): void {
    const now = `${presence} ${problem ?? ''}`;
    if (now === this.presence) return;
    this.presence = now;
    const problemText = absenceText({ ...(problem && { problem }) });
    const why = problem && { problem, ...(problemText !== undefined && { problemText }) };
    this.host?.report({ type: 'presence', time, source: 'status', presence, ...why });
  }

  private tellTroubles(snapshot: WindowSnapshot, time: number): void {
    const { observations, lookAgainIn } = this.troubles.look(snapshot, time);
    for (const observation of observations) this.host?.report(observation);
    this.cancelLook?.();
    if (lookAgainIn === undefined) return;
    this.cancelLook = this.clock.after(lookAgainIn, () => {
      this.tellTroubles(snapshot, this.at(this.clock.now()));
    });
  }

  /** Nothing new need come for a dial to be given up, so it is looked again then. */
  private tell(observations: readonly Observation[]): void {
    for (const observation of observations) this.host?.report(observation);
    this.cancelTimer?.();
    const wait = this.interpreter?.decidesIn(this.time);
    if (wait !== undefined) this.cancelTimer = this.clock.after(wait, () => void this.refresh());
  }

  /** Never runs backwards. */
  private at(time: number): number {
    this.time = Math.max(this.time, time);
    return this.time;
  }
}
