import type { Source } from './calls/call';
import type { Told } from './phone-event';
import type { Observation, OwnAct } from './ports/observation';
import type { Conclusion, Grounds } from './tracker/state/conclusions';

/** An event that no source showed as it was told. */
export interface Inference extends Grounds {
  event: Conclusion['event'];
  callId?: string;
}

/** Calls whose inferences are kept; there are never as many at once. */
const MOST_CALLS = 32;

/** Where a phone has what it knows from, for who asks it: kept at no cost worth speaking of, unlike a trace. */
export class Provenance {
  private readonly spoke = new Set<Source>();
  private readonly inferred = new Map<string, Inference>();

  /** @param told what followed from the input, @param conclusions why */
  note(input: Observation | OwnAct, told: readonly Told[], conclusions: readonly Conclusion[]): void {
    if ('source' in input) this.noteSource(input);
    for (const one of told) if ('event' in one && one.event.call) this.noteCall(one.event, conclusions);
  }

  /** The sources that have shown anything of MicroSIP since the phone was opened, or since it was gone. */
  get heard(): ReadonlySet<Source> {
    return this.spoke;
  }

  /** Why the latest event of a call was inferred; undefined for one that was seen. */
  inferenceOf(callId: string): Inference | undefined {
    return this.inferred.get(callId);
  }

  forget(): void {
    this.spoke.clear();
    this.inferred.clear();
  }

  /** One that only finds nothing there has shown nothing. */
  private noteSource(seen: Observation): void {
    if (seen.type === 'presence' && seen.presence === 'absent') this.spoke.delete(seen.source);
    else if (seen.type !== 'trouble') this.spoke.add(seen.source);
  }

  private noteCall({ event, call, confidence }: CallTold, conclusions: readonly Conclusion[]): void {
    if (!call) return;
    const { callId } = call;
    this.inferred.delete(callId);
    if (confidence !== 'inferred' || event === 'ended') return;
    const grounds = conclusions.find((one) => one.event === event && one.callId === callId);
    if (!grounds) return;
    this.inferred.set(callId, { ...grounds, event, callId });
    const [oldest] = this.inferred.keys();
    if (this.inferred.size > MOST_CALLS && oldest !== undefined) this.inferred.delete(oldest);
  }
}

type CallTold = Extract<Told, { event: unknown }>['event'];
