import type { CallEnding, CallFacts } from '../../phone/calls/call';
import type { CallQuality } from '../../phone/calls/call-quality';
import type { CallObservation, Observation } from '../../phone/ports/observation';
import type { LogCall, LogCallEnd, LogHappening } from './log-happening';

const SOURCE = 'log';

/** Turns what a log tells into observations. Remembers only which calls were shown, to show each one from its beginning. */
export class LogToObservations {
  private readonly shown = new Set<string>();
  /** Of these it has told all that it has of their media. */
  private readonly mediaTold = new Set<string>();

  /** @param toEpoch turns a time of the log into milliseconds since 1970 */
  constructor(private readonly toEpoch: (time: number) => number) {}

  take(happening: LogHappening): Observation[] {
    const time = this.toEpoch(happening.time);
    switch (happening.type) {
      case 'call':
        return this.call(happening.call, time);
      case 'ended':
        return this.ended(happening.call, happening.end, time);
      case 'transferred': {
        const target = happening.target.number;
        if (target === undefined || !this.shown.has(happening.key)) return [];
        return [{ type: 'call_transferred', time, source: SOURCE, key: happening.key, target }];
      }
      case 'registration':
        return [{ type: 'registration', time, source: SOURCE, registration: happening.registration }];
      case 'voicemail':
        return [{ type: 'voicemail', time, source: SOURCE, voicemail: happening.voicemail }];
      case 'media':
        return [this.media(happening.call, happening.quality, time)];
      case 'never_rang':
        return [this.refused(happening.call, happening.end, time)];
      // These change no call.
      case 'dtmf':
      case 'message':
      case 'program':
      // Only who knows the folder can tell what is in it.
      case 'recording':
        return [];
    }
  }

  /** The calls that are open now, as somebody sees them who has not seen them before. */
  current(calls: readonly LogCall[]): Observation[] {
    return calls.flatMap((call) => {
      // A call that was held in between has been connected since it was answered.
      const since = call.state === 'connected' ? (call.answerTime ?? call.stateTime) : call.stateTime;
      return this.call(call, this.toEpoch(since));
    });
  }

  forget(): void {
    this.shown.clear();
    this.mediaTold.clear();
  }

  private call(call: LogCall, time: number): Observation[] {
    if (call.state === 'offered') return [];
    const observations: Observation[] = [];
    if (!this.shown.has(call.key)) {
      this.shown.add(call.key);
      observations.push(...this.beginning(call));
    }
    observations.push(observation(call, call.state, time));
    return observations;
  }

  /** The states that a call has gone through before the one in which it is seen first. */
  private beginning(call: LogCall): Observation[] {
    const first = call.direction === 'inbound' ? 'ringing' : 'dialing';
    if (call.state === first) return [];
    const began = call.direction === 'inbound' ? (call.ringTime ?? call.startTime) : call.startTime;
    const states = [observation(call, first, this.toEpoch(began))];
    if (call.state === 'held' && call.answerTime !== undefined) {
      states.push(observation(call, 'connected', this.toEpoch(call.answerTime)));
    }
    return states;
  }

  /** A call that never rang is no call for whoever looks at the phone. */
  private refused(call: LogCall, end: LogCallEnd, time: number): Observation {
    const { key, startTime } = call;
    const began = Math.min(this.toEpoch(startTime), time);
    return { type: 'call_refused', time, source: SOURCE, key, began, facts: factsOf(call), ending: endingOf(end) };
  }

  private ended(call: LogCall, end: LogCallEnd, time: number): Observation[] {
    if (!this.shown.delete(call.key)) return [];
    const { concluded } = end;
    const ending = endingOf(end);
    const over: Observation = { type: 'call_ended', time, source: SOURCE, key: call.key, ending };
    const isMediaTold = this.mediaTold.delete(call.key);
    if (concluded) return [{ ...over, inferred: true }];
    // pjsip writes of the media of a call when it takes them down: before our own BYE, and behind that of the far end.
    if (call.answerTime === undefined || isMediaTold) return [over];
    return [{ type: 'call_media', time, source: SOURCE, key: call.key, more: true }, over];
  }

  private media({ key }: LogCall, quality: CallQuality | undefined, time: number): Observation {
    if (this.shown.has(key)) this.mediaTold.add(key);
    return { type: 'call_media', time, source: SOURCE, key, ...(quality && { quality }) };
  }
}

function observation(call: LogCall, state: CallObservation['state'], time: number): CallObservation {
  return {
    type: 'call',
    time,
    source: SOURCE,
    key: call.key,
    direction: call.direction,
    state,
    ...(state === 'held' && call.heldBy && { heldBy: call.heldBy }),
    facts: factsOf(call),
  };
}

function factsOf({ sipCallId, party, account, diversion }: LogCall): CallFacts {
  return {
    ...(sipCallId !== undefined && { sipCallId }),
    ...party,
    ...(account !== undefined && { account }),
    ...(diversion !== undefined && { diversion }),
  };
}

function endingOf({ by, status, reason, elsewhere, q850Cause }: LogCallEnd): CallEnding {
  return {
    endedBy: by === 'local' || by === 'remote' ? by : 'unknown',
    ...(status !== undefined && { sipStatus: status }),
    ...(reason && { sipReason: reason }),
    ...(elsewhere && { elsewhere }),
    ...(q850Cause !== undefined && { q850Cause }),
  };
}
