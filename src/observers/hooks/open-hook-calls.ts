import type { Direction } from '../../phone/calls/call';

/** `answered`: the hook for an answered inbound call came, the one for the start of any call not yet. */
export type HookCallStage = 'unanswered' | 'answered' | 'started';

/** A call as far as the hooks tell. They carry no id, only the other party's user part. Times in ms since 1970. */
export interface HookCall {
  readonly key: string;
  direction: Direction | undefined;
  stage: HookCallStage;
  /** All user parts that hooks of this call carried (see `partyKey`); a proxy's identity headers may change it on the way. */
  readonly numbers: Set<string>;
  /** What the first of them carried. */
  readonly written: string;
  readonly began: number;
  answered?: number;
  /** That it was answered was concluded from the order of the hooks, as its number was another one. */
  guessed?: boolean;
  /** When an end came that may have been its own. */
  doubted?: number;
}

/** MicroSIP cannot have nearly as many; stops anything that floods the pipe from filling the memory. */
const MOST_CALLS = 32;
const REMEMBERED_ENDS = 32;

/** The calls that hooks have begun and not ended, the oldest first. */
export class OpenHookCalls {
  private calls: HookCall[] = [];
  private ended: { numbers: Set<string>; time: number }[] = [];

  get all(): readonly HookCall[] {
    return this.calls;
  }

  /** @returns the oldest call that was pushed out */
  add(call: HookCall): HookCall | undefined {
    this.calls.push(call);
    return this.calls.length > MOST_CALLS ? this.calls[0] : undefined;
  }

  remove(call: HookCall, time: number): void {
    this.calls = this.calls.filter((other) => other !== call);
    this.ended.push({ numbers: call.numbers, time });
    if (this.ended.length > REMEMBERED_ENDS) this.ended.shift();
  }

  forget(key: string): void {
    this.calls = this.calls.filter((call) => call.key !== key);
  }

  with(number: string): HookCall[] {
    return this.calls.filter(({ numbers }) => numbers.has(number));
  }

  /** A call with this user part ended not earlier than `since`. */
  endedSince(number: string, since: number): boolean {
    return this.ended.some(({ numbers, time }) => time >= since && numbers.has(number));
  }
}

export function rings(call: HookCall): boolean {
  return call.direction === 'inbound' && call.stage === 'unanswered';
}

export function dials(call: HookCall): boolean {
  return call.direction === 'outbound' && call.stage === 'unanswered';
}
