import type { CallEndedObservation, CallObservation } from '../../phone/ports/observation';
import { observationOf, type WindowCall } from './window-call';

/** The open calls, and what of them has been reported. */
export class CallReconciler {
  private calls: WindowCall[] = [];
  private ended: WindowCall[] = [];
  private readonly reported = new Map<string, string>();

  get open(): readonly WindowCall[] {
    return this.calls;
  }

  get ringing(): WindowCall[] {
    return this.calls.filter(({ stage }) => stage === 'ringing');
  }

  /** The calls that do not merely ring. */
  get lines(): WindowCall[] {
    return this.calls.filter(({ stage }) => stage !== 'ringing');
  }

  begin(call: WindowCall): WindowCall {
    this.calls.push(call);
    return call;
  }

  end(call: WindowCall): void {
    this.calls = this.calls.filter((one) => one !== call);
    this.ended.push(call);
  }

  /** Forgets all calls without a word: whoever hears that MicroSIP is gone ends them. */
  clear(): void {
    this.calls = [];
    this.ended = [];
    this.reported.clear();
  }

  /** What has changed since the last time; ends come first, so that a call can take another one's place. */
  news(time: number): (CallEndedObservation | CallObservation)[] {
    const news: (CallEndedObservation | CallObservation)[] = [];
    for (const { key } of this.ended) {
      this.reported.delete(key);
      news.push({ type: 'call_ended', time, source: 'window', key, ending: {}, inferred: true });
    }
    this.ended = [];
    for (const call of this.calls) {
      const seen = observationOf(call, time);
      const content = JSON.stringify([seen.state, seen.heldBy, seen.facts]);
      if (this.reported.get(call.key) === content) continue;
      this.reported.set(call.key, content);
      news.push(seen);
    }
    return news;
  }
}
