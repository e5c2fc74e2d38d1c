import type { CallEndedObservation, CallObservation, Observation } from '../../../src/phone/ports/observation';
import { hostOf } from '../../support/observer-host';
import { SimulatorObserver } from '../../../src/simulator/connection/simulator-observer';
import type { JournalAction } from '../../../src/simulator/journal';
import { SimulatedMicrosip, type TimedMicrosipOptions } from '../../../src/simulator/simulated-microsip';

/** A simulated MicroSIP and everything that an observer of it has seen. */
export class Watched {
  readonly microsip: SimulatedMicrosip;
  readonly seen: Observation[] = [];
  private readonly observer: SimulatorObserver;

  constructor(options?: TimedMicrosipOptions) {
    this.microsip = new SimulatedMicrosip(options);
    this.observer = new SimulatorObserver(this.microsip);
  }

  static async start(options?: TimedMicrosipOptions): Promise<Watched> {
    const watched = new Watched(options);
    await watched.watch();
    return watched;
  }

  async watch(): Promise<void> {
    await this.observer.start(hostOf((observation) => this.seen.push(observation)));
  }

  /** Sends a text as a command and waits until it has been worked off. */
  async command(text: string): Promise<void> {
    await this.microsip.copyData(2, `${text}\0`);
    await this.settle();
  }

  /** What was posted has happened, and what happened has been seen. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 3; turn += 1) await this.observer.refresh();
  }

  /** Dials and has the far end answer. @returns the SIP Call-ID */
  async connected(number = '1002'): Promise<string> {
    await this.command(number);
    this.microsip.far.answer();
    await this.settle();
    return this.calls.at(-1)?.key ?? '';
  }

  get calls(): CallObservation[] {
    return this.seen.filter((one) => one.type === 'call');
  }

  get ends(): CallEndedObservation[] {
    return this.seen.filter((one) => one.type === 'call_ended');
  }

  /** The states of all calls in the order seen, with who holds: `connected`, `held local`. */
  get states(): string[] {
    return this.calls.map(({ state, heldBy }) => (heldBy ? `${state} ${heldBy}` : state));
  }

  /** How calls ended, in order: `486 remote`. */
  get endings(): string[] {
    return this.ends.map(({ ending }) => `${String(ending.sipStatus)} ${String(ending.endedBy)}`);
  }

  /** What is open now, the oldest first: `1002 connected`. */
  get open(): string[] {
    const open = new Map<string, string>();
    for (const one of this.seen) {
      if (one.type === 'call') open.set(one.key, `${one.facts.number ?? ''} ${one.state}`);
      if (one.type === 'call_ended') open.delete(one.key);
    }
    return [...open.values()];
  }

  done(action: JournalAction): string[] {
    return this.microsip.journal.details(action);
  }

  /** Everything in the journal but the texts and clicks that came in: `dialled 1002`. */
  get deeds(): string[] {
    return this.microsip.journal.entries
      .filter(({ action }) => action !== 'received' && action !== 'clicked')
      .map(({ action, detail }) => `${action} ${detail}`.trim());
  }

  async end(): Promise<void> {
    await this.observer.stop();
    this.microsip.dispose();
  }
}
