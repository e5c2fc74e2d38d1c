import type { Call } from '../../phone/calls/call';
import type { PhoneSnapshot } from '../../phone/phone';
import { STANDING_EVENTS, type PhoneEvent } from '../../phone/phone-event';

/** What is needed of a phone to wait for something that happens on it. */
export interface WatchedPhone {
  snapshot(): PhoneSnapshot;
  /** @returns a function that ends the listening */
  onEvent(listener: (event: PhoneEvent) => void): () => void;
  /** Resolves when the first look at MicroSIP is over. */
  opened(): Promise<void>;
}

export interface Wanted {
  /** Phone states, call states and events of docs/events.md; each ends the waiting. */
  until: ReadonlySet<string>;
  /** ms */
  timeout: number;
}

export interface WaitOutcome {
  reached: boolean;
  /** The call that it was about, as it stands now. */
  call?: Call;
}

/** States that no call can have. */
const PHONE_ONLY_STATES: readonly string[] = ['offline', 'idle'];
/** What can still come when the current call is over, since it is not about that call. */
const BEYOND_THE_CALL: readonly string[] = [
  ...PHONE_ONLY_STATES,
  ...['incoming', 'outgoing', 'registration', 'phone_online', 'phone_offline'],
  ...STANDING_EVENTS,
];

/**
 * Waits for one of several states and events of a phone. Listens from the start, but judges only when it is told which
 * call it is about: after a dial the call's events may come before its id is known.
 */
export class CallWait {
  private readonly until: ReadonlySet<string>;
  private readonly stopListening: () => void;
  private early: PhoneEvent[] | undefined = [];
  /** Only events of this call count. */
  private onlyCall: string | undefined;
  /** The call whose end ends the waiting. */
  private followed: string | undefined;
  /** That call, as it was when it was last told of. */
  private lastTold: Call | undefined;
  private timer: NodeJS.Timeout | undefined;
  private resolve: ((outcome: WaitOutcome | undefined) => void) | undefined;
  private readonly outcome: Promise<WaitOutcome | undefined>;

  constructor(
    private readonly phone: WatchedPhone,
    private readonly wanted: Wanted,
  ) {
    this.until = wanted.until;
    this.outcome = new Promise((resolve) => {
      this.resolve = resolve;
    });
    this.stopListening = phone.onEvent((event) => {
      if (this.early) this.early.push(event);
      else this.judge(event);
    });
  }

  /** @returns undefined when the waiting was cancelled */
  async forDialledCall(callId: string): Promise<WaitOutcome | undefined> {
    this.begin(callId);
    return this.outcome;
  }

  /**
   * Words about a call are about this one; a call that is not there (any more) has `ended`.
   * @returns undefined when the waiting was cancelled
   */
  async forCall(callId: string): Promise<WaitOutcome | undefined> {
    this.begin(callId);
    await this.look((snapshot) => {
      this.judgeCall(callId, snapshot);
    });
    return this.outcome;
  }

  /**
   * Words about a call are about any call. The end of the call that is current now ends the waiting, unless what is
   * waited for can come without it.
   * @returns undefined when the waiting was cancelled
   */
  async forAnyCall(): Promise<WaitOutcome | undefined> {
    this.begin();
    await this.look(({ state, calls: [current] }) => {
      if (!BEYOND_THE_CALL.some((word) => this.until.has(word))) this.followed = current?.callId;
      if (this.until.has(state)) this.end(true, current);
    });
    return this.outcome;
  }

  cancel(): void {
    this.finish(undefined);
  }

  private begin(callId?: string): void {
    this.onlyCall = callId;
    this.followed = callId;
    const early = this.early ?? [];
    this.early = undefined;
    for (const event of early) this.judge(event);
    if (!this.resolve) return;
    this.timer = setTimeout(() => {
      this.end(false, this.callNow());
    }, this.wanted.timeout);
  }

  /** What a phone says of itself before its first look is over is no state. */
  private async look(judge: (snapshot: PhoneSnapshot) => void): Promise<void> {
    if (this.phone.snapshot().presence === 'opening') await Promise.race([this.phone.opened(), this.outcome]);
    if (this.resolve) judge(this.phone.snapshot());
  }

  private judgeCall(callId: string, { state, calls }: PhoneSnapshot): void {
    const call = calls.find((one) => one.callId === callId);
    const wasAnswered = call?.answerTime !== undefined && this.until.has('answered');
    if (this.isPhoneOnlyState(state)) this.end(true, call);
    else if (!call) this.end(this.until.has('ended'));
    else if (wasAnswered || this.until.has(call.callState)) this.end(true, call);
  }

  private judge(happened: PhoneEvent): void {
    const { event, state, call } = happened;
    // A problem that is over is not what somebody waits for.
    if (happened.event === 'problem' && happened.problem === undefined) return;
    const { until, onlyCall } = this;
    if (call && call.callId === (onlyCall ?? this.followed)) this.lastTold = call;
    const counts = !call || onlyCall === undefined || call.callId === onlyCall;
    const stateNow = onlyCall === undefined ? state : call?.callState;
    const reached =
      this.isPhoneOnlyState(state) || (counts && (until.has(event) || (stateNow !== undefined && until.has(stateNow))));
    if (reached) this.end(true, counts && call ? call : this.callNow());
    else if (event === 'ended' && call.callId === this.followed) this.end(false, call);
  }

  private isPhoneOnlyState(state: string): boolean {
    return PHONE_ONLY_STATES.includes(state) && this.until.has(state);
  }

  private callNow(): Call | undefined {
    const { calls } = this.phone.snapshot();
    const callId = this.onlyCall ?? this.followed;
    // While nobody can see the phone it has no calls.
    return callId === undefined ? calls[0] : (calls.find((call) => call.callId === callId) ?? this.lastTold);
  }

  private end(reached: boolean, call?: Call): void {
    this.finish({ reached, ...(call && { call }) });
  }

  private finish(outcome: WaitOutcome | undefined): void {
    clearTimeout(this.timer);
    this.stopListening();
    this.resolve?.(outcome);
    this.resolve = undefined;
  }
}
