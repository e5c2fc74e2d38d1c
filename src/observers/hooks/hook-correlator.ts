import type { CallEnding, Direction } from '../../phone/calls/call';
import type { Observation } from '../../phone/ports/observation';
import type { Hook } from '../../microsip/hook-names';
import { hookUser, partyKey } from './hook-party';
import { dials, OpenHookCalls, rings, type HookCall } from './open-hook-calls';

/** All in ms. The same hook again so soon is not a new call, the same end again so soon is not another one's. */
const REPEATED_BEGIN = 2_000;
const REPEATED_END = 10_000;
/** An invitation is followed by ringing or an answer within this time, or it never reached the user. */
const INVITATION = 60_000;
/** MicroSIP waits 10 s at most for each of the two programs that it may run between these. */
const START_FOLLOWS = 25_000;
/** A call whose end did not arrive: nothing rings this long, and nobody talks this long. */
const LONGEST_UNANSWERED = 10 * 60_000;
const LONGEST_ANSWERED = 24 * 3_600_000;
/** So much longer a call lasts after an end that may have been its own, as it came with a number that no call has. */
const DOUBTED_UNANSWERED = 30_000;
const DOUBTED_ANSWERED = 3_600_000;
const REMEMBERED_HOOKS = 32;

interface Match {
  call: HookCall;
  /** The number is another one; the order of the hooks leaves no other call. */
  deduced: boolean;
}

/**
 * Turns the order of the hooks (docs/microsip/interface.md#3) into the life of each call. Pure: time is only what the
 * inputs say. Lost hooks leave no call open for ever, repeated ones neither begin nor end anything twice.
 */
export class HookCorrelator {
  private readonly open = new OpenHookCalls();
  private readonly recent: string[] = [];
  private invitations: { number: string; time: number }[] = [];
  /** What the hook that is being taken carried. */
  private written = '';
  private now = 0;
  private out: Observation[] = [];

  /**
   * @param nextKey number of the first key; keys are `hook:<number>` and must not come again in another run
   * @param carried calls that go on from before
   */
  constructor(
    private nextKey = 1,
    carried: readonly HookCall[] = [],
  ) {
    for (const call of carried) this.open.add(call);
  }

  /** Its end was told by somebody else. */
  forget(key: string): void {
    this.open.forget(key);
  }

  /** @param singleMode whether MicroSIP takes only one call besides ringing ones; undefined when that is not known */
  take(hook: Hook, singleMode?: boolean): Observation[] {
    this.begin(hook.time);
    if (this.isRepeated(hook)) return this.out;
    const { name } = hook;
    this.written = hookUser(hook.parameter);
    const parameter = partyKey(this.written);
    switch (name) {
      case 'cmdIncomingCall':
        // Comes before MicroSIP decides whether the user gets to know of the call at all.
        this.invitations.push({ number: parameter, time: this.now });
        if (this.invitations.length > REMEMBERED_HOOKS) this.invitations.shift();
        break;
      case 'cmdCallRing':
        this.onBegin('inbound', parameter, false);
        break;
      case 'cmdOutgoingCall':
        this.onBegin('outbound', parameter, singleMode === true);
        break;
      case 'cmdCallAnswer':
      case 'cmdCallAnswerVideo':
        this.onAnswer(parameter, singleMode);
        break;
      case 'cmdCallStart':
        this.onStart(parameter, singleMode);
        break;
      case 'cmdCallBusy':
      case 'cmdCallEnd':
        this.onEnd(parameter, name === 'cmdCallBusy');
        break;
    }
    return this.out;
  }

  /** Ends the calls whose ends must have been missed by this time. */
  passTime(time: number): Observation[] {
    this.begin(time);
    return this.out;
  }

  /** When `passTime` should be called next, in ms since 1970; undefined while no call is open. */
  get nextDeadline(): number | undefined {
    const deadlines = this.open.all.map(deadline);
    return deadlines.length > 0 ? Math.min(...deadlines) : undefined;
  }

  private begin(time: number): void {
    this.now = Math.max(this.now, time);
    this.out = [];
    this.invitations = this.invitations.filter((seen) => this.now - seen.time <= INVITATION);
    for (const call of this.open.all.filter((call) => deadline(call) <= this.now)) this.endMissed(call);
  }

  /** MicroSIP waits for each program, so it cannot have run the same one twice in one millisecond. */
  private isRepeated({ name, time, parameter }: Hook): boolean {
    const identity = `${name} ${time} ${parameter}`;
    if (this.recent.includes(identity)) return true;
    this.recent.push(identity);
    if (this.recent.length > REMEMBERED_HOOKS) this.recent.shift();
    return false;
  }

  private onBegin(direction: Direction, number: string, alone: boolean): void {
    const waiting = direction === 'inbound' ? rings : dials;
    const same = this.open.with(number);
    if (same.some((call) => waiting(call) && this.now - call.began <= REPEATED_BEGIN)) return;
    if (alone) this.endOthers(undefined);
    else if (direction === 'outbound') this.endDoubted();
    this.report(this.add(direction, number, 'unanswered'), false);
  }

  private onAnswer(number: string, singleMode?: boolean): void {
    const same = this.open.with(number).filter(({ direction }) => direction !== 'outbound');
    const waiting = same.find((call) => rings(call) || call.direction === undefined);
    if (!waiting && same.length > 0 && !this.isInvited(number)) return;
    const match = exact(waiting) ?? this.deducedAnswer(number);
    const call = match?.call ?? this.add('inbound', number, 'answered');
    call.direction = 'inbound';
    this.connect(call, number, call.stage === 'started' ? 'started' : 'answered', match?.deduced ?? false, singleMode);
  }

  /** Auto-answered calls do not ring; any other answer is for a call that does. */
  private deducedAnswer(number: string): Match | undefined {
    if (this.isInvited(number)) return undefined;
    const ringing = this.open.all.filter(rings);
    return ringing.length === 1 ? deduced(ringing[0]) : undefined;
  }

  private onStart(number: string, singleMode?: boolean): void {
    const same = this.open.with(number);
    const waiting = same.find((call) => call.stage !== 'started');
    if (!waiting && same.length > 0) return;
    const match = exact(waiting) ?? this.deducedStart(number);
    const unknown = (): HookCall => this.add(this.isInvited(number) ? 'inbound' : undefined, number, 'started');
    this.connect(match?.call ?? unknown(), number, 'started', match?.deduced ?? true, singleMode);
  }

  /** The start follows the answer at once. Failing that, what was dialled may answer under another number. */
  private deducedStart(number: string): Match | undefined {
    if (this.isInvited(number)) return undefined;
    const since = this.now - START_FOLLOWS;
    const answered = this.open.all.filter((call) => call.stage === 'answered' && (call.answered ?? 0) >= since);
    return deduced(answered.at(-1) ?? this.open.all.filter(dials).at(-1));
  }

  private connect(call: HookCall, number: string, stage: HookCall['stage'], inferred: boolean, single?: boolean): void {
    if (single) this.endOthers(call);
    else this.endDoubted(call);
    delete call.doubted;
    call.stage = stage;
    call.answered ??= this.now;
    call.numbers.add(number);
    call.guessed ||= inferred;
    this.forgetInvitation(number);
    this.report(call, inferred);
  }

  private onEnd(number: string, busy: boolean): void {
    const match = exact(this.open.with(number)[0]) ?? this.deducedEnd(number);
    if (!match) {
      this.doubt(number);
      return;
    }
    match.call.numbers.add(number);
    this.end(match.call, ...ending(match, busy));
  }

  private deducedEnd(number: string): Match | undefined {
    if (this.open.endedSince(number, this.now - REPEATED_END)) return undefined;
    // Without a user part, only the end carries something: the host.
    const nameless = this.open.with('')[0];
    if (nameless) return deduced(nameless);
    // What was known by its order alone may end by its order alone.
    return deduced(onlyOne(this.open.all.filter(({ guessed }) => guessed)));
  }

  /**
   * An identity header of a proxy may change the number of a call on the way, so that its end carries another one; or it is
   * the end of a call whose beginning was lost. A call that may be going on is not ended by that: it only does not last
   * for ever.
   */
  private doubt(number: string): void {
    if (this.open.endedSince(number, this.now - REPEATED_END)) return;
    const call = onlyOne(this.open.all);
    if (call) call.doubted ??= this.now;
  }

  /** Whoever dials or answers is probably not talking to somebody else whose end may have come. */
  private endDoubted(kept?: HookCall): void {
    for (const call of this.open.all.filter((one) => one !== kept && one.doubted !== undefined)) this.endMissed(call);
  }

  private add(direction: Direction | undefined, number: string, stage: HookCall['stage']): HookCall {
    // MicroSIP never has two calls with the same party, so the earlier one's end was missed.
    if (number !== '') for (const over of this.open.with(number)) this.endMissed(over);
    this.forgetInvitation(number);
    const key = `hook:${this.nextKey++}`;
    const call: HookCall = {
      key,
      direction,
      stage,
      numbers: new Set([number]),
      written: this.written,
      began: this.now,
    };
    const surplus = this.open.add(call);
    if (surplus) this.endMissed(surplus);
    return call;
  }

  /** In single mode, whatever is dialled or answered takes the place of every call that does not ring. */
  private endOthers(kept: HookCall | undefined): void {
    for (const call of this.open.all.filter((call) => call !== kept && !rings(call))) this.endMissed(call);
  }

  private endMissed(call: HookCall): void {
    this.end(call, {}, true);
  }

  private forgetInvitation(number: string): void {
    this.invitations = this.invitations.filter((seen) => seen.number !== number);
  }

  private isInvited(number: string): boolean {
    return this.invitations.some((seen) => seen.number === number);
  }

  private report(call: HookCall, inferred: boolean): void {
    const { written } = call;
    this.out.push({
      type: 'call',
      time: this.now,
      source: 'hooks',
      key: call.key,
      ...(call.direction && { direction: call.direction }),
      state: call.stage !== 'unanswered' ? 'connected' : rings(call) ? 'ringing' : 'dialing',
      facts: written === '' ? {} : { number: written },
      ...(inferred && { inferred }),
    });
  }

  private end(call: HookCall, ending: CallEnding, inferred: boolean): void {
    this.open.remove(call, this.now);
    const { key } = call;
    this.out.push({
      type: 'call_ended',
      time: this.now,
      source: 'hooks',
      key,
      ending,
      ...(inferred && { inferred }),
    });
  }
}

function exact(call: HookCall | undefined): Match | undefined {
  return call && { call, deduced: false };
}

function deduced(call: HookCall | undefined): Match | undefined {
  return call && { call, deduced: true };
}

function onlyOne<T>(list: readonly T[]): T | undefined {
  return list.length === 1 ? list[0] : undefined;
}

function deadline({ answered, began, doubted = Infinity }: HookCall): number {
  return answered === undefined
    ? Math.min(began + LONGEST_UNANSWERED, doubted + DOUBTED_UNANSWERED)
    : Math.min(answered + LONGEST_ANSWERED, doubted + DOUBTED_ANSWERED);
}

/**
 * The busy hook stands for status 486, 600 or 603; on a call that rang here it was our own answer. Why any other call ended
 * that nobody answered, no hook tells: what becomes of it is a guess.
 */
function ending({ call, deduced }: Match, busy: boolean): [CallEnding, boolean] {
  if (call.stage !== 'unanswered') return [{}, deduced];
  if (!busy) return [{}, true];
  return call.direction === 'inbound' ? [{ endedBy: 'local' }, deduced] : [{ sipStatus: 486 }, true];
}
