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

  /**
   * What has changed since the last time. Ends come first, so that a call can take another one's place, and calls of
   * which little is known last, so that they are not taken for one of the others.
   */
  news(time: number): (CallEndedObservation | CallObservation)[] {
    const news: (CallEndedObservation | CallObservation)[] = [];
    const { ended } = this;
    this.ended = [];
    for (const { key } of ended.filter((call) => !isGlimpse(call))) {
      this.reported.delete(key);
      news.push(endOf(key, time));
    }
    for (const call of this.calls.toSorted((a, b) => anonymity(a) - anonymity(b))) {
      if (isGlimpse(call)) continue;
      const seen = observationOf(call, time);
      const content = JSON.stringify([seen.state, seen.heldBy, seen.facts]);
      if (this.reported.get(call.key) === content) continue;
      this.reported.set(call.key, content);
      news.push(seen);
    }
    for (const call of ended.filter(isGlimpse)) news.push(observationOf(call, time), endOf(call.key, time));
    return news;
  }
}

/** Its window was gone before it had told who calls: the next looks show whether it is the call that was answered. */
function isGlimpse({ stage, inferred }: WindowCall): boolean {
  return stage === 'ringing' && inferred === true;
}

function endOf(key: string, time: number): CallEndedObservation {
  return { type: 'call_ended', time, source: 'window', key, ending: {}, inferred: true };
}

function anonymity({ facts: { number, name } }: WindowCall): number {
  return number !== undefined ? 0 : name !== undefined ? 1 : 2;
}
