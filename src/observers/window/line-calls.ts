import type { CallFacts } from '../../phone/calls/call';
import type { CallReconciler } from './call-reconciler';
import { COUNT_SETTLE, type Look } from './look';
import { sameParty, type ShownParty } from './texts/party';
import type { RingingCalls } from './ringing-calls';
import { isConfirmed, isGlimpsed, type WindowCall } from './window-call';
import type { TabState } from './window-signs';

type LineState = Exclude<TabState, 'none' | 'ringing'>;

/**
 * A call never goes back in this order. Taken from ringing, it may look as if it were alerting
 * (docs/microsip/interface.md#7.4).
 */
const ORDER = { dialing: 0, ringing: 1, answering: 1, alerting: 1, connecting: 2, connected: 3, held: 3 } as const;

/** Follows the call of the selected tab, and in single-call mode the only one that does not merely ring. */
export class LineCalls {
  private countAloneSince: number | undefined;

  constructor(
    private readonly reconciler: CallReconciler,
    private readonly ringing: RingingCalls,
    private readonly nextLineKey: (pid: number) => string,
  ) {}

  follow(look: Look): void {
    const { dialerCall, tab } = look.signs;
    if (tab.state !== 'none' && tab.state !== 'ringing') this.followTab(look, tab.state);
    else if (dialerCall) this.followUnseen(look);
    else this.followGone(look);
  }

  private followTab(look: Look, state: LineState): void {
    const current = this.ofTab(look, state);
    if (current && !this.isAnother(current, look, state)) {
      update(current, look, state);
      return;
    }
    if (current) this.reconciler.end(current);
    const answered = state === 'dialing' ? undefined : this.ringing.answered(look.signs.tab.party, look.untold);
    if (answered) updateAnswered(answered, look, state);
    else if (state === 'dialing') this.begin(look, state);
    // Answered without ringing, or dialled and answered at once. Once it is confirmed, its state can be told. Or it is
    // the call of a ringing window that is still there.
    else if (state === 'connecting' || look.untold) look.lookAgainIn(100);
    else this.begin(look, state);
  }

  /** Single-call mode, and the tab of the call is not the selected one. */
  private followUnseen(look: Look): void {
    const { confirmed, held, seconds } = look.signs.status;
    const [current, ...others] = this.reconciler.lines;
    for (const other of others) this.reconciler.end(other);
    if (confirmed === undefined) {
      if (current) current.seenAt = look.time;
      else look.lookAgainIn(250);
      return;
    }
    const call =
      current ?? this.ringing.answered(look.signs.box, look.untold) ?? this.ringing.answered({}, look.untold);
    const state = held ? 'held' : 'connected';
    if (call && isGuessed(call, look.signs.box)) call.inferred = true;
    if (!call && look.untold) look.lookAgainIn(100);
    else if (call) Object.assign(call, { stage: state, seconds, missedSince: undefined, seenAt: look.time });
    else this.begin(look, state);
  }

  /** The selected tab has no call of this kind, and the dialer page shows none. */
  private followGone(look: Look): void {
    const { state, party, title } = look.signs.tab;
    if (!look.multi) for (const call of this.reconciler.lines) this.reconciler.end(call);
    // A tab that had a call and has none any more; other tabs may have calls that cannot be seen now.
    const ended = state === 'none' ? this.bySameTab(title, party) : undefined;
    if (ended) this.reconciler.end(ended);
    this.followCountAlone(look);
  }

  /** A call's time runs, and no tab has shown the call: the watching began while another tab was selected. */
  private followCountAlone(look: Look): void {
    const { confirmed, held } = look.signs.status;
    if (confirmed === undefined || this.reconciler.open.length > 0) {
      this.countAloneSince = undefined;
      return;
    }
    this.countAloneSince ??= look.time;
    const left = this.countAloneSince + COUNT_SETTLE - look.time;
    if (left > 0) look.lookAgainIn(left);
    else if (look.multi) this.begin(look, held ? 'held' : 'connected');
  }

  private begin(look: Look, stage: Exclude<LineState, 'connecting'>): void {
    const { tab, status } = look.signs;
    const ownTab = tab.state !== 'none' && tab.state !== 'ringing';
    const party = ownTab ? { ...look.signs.party, ...tab.party } : {};
    const known = factsOf(party, look);
    this.reconciler.begin({
      key: this.nextLineKey(look.pid),
      ...((stage === 'dialing' || stage === 'alerting') && { direction: 'outbound' }),
      ...(isConfirmed({ stage }) && status.seconds !== undefined && { answeredAt: look.time - status.seconds * 1000 }),
      stage,
      facts: known,
      party,
      ...(ownTab && { title: tab.title }),
      seconds: status.seconds,
      seenAt: look.time,
    });
  }

  private ofTab({ signs, multi }: Look, state: LineState): WindowCall | undefined {
    const { title, party } = signs.tab;
    const { lines } = this.reconciler;
    const same = this.bySameTab(title, party);
    const [only] = lines;
    if (same || !only || lines.length > 1) return same;
    return !multi || signs.dialerCall || this.isRenamed(only, signs.status, state, party) ? only : undefined;
  }

  private bySameTab(title: string, party: ShownParty): WindowCall | undefined {
    const { lines } = this.reconciler;
    return lines.find((call) => call.title === title) ?? lines.find((call) => sameParty(call.party, party) === true);
  }

  /** A tab takes over what the far end says of itself (docs/microsip/3.22.16.md#2); or is it another call's tab? */
  private isRenamed(call: WindowCall, status: Look['signs']['status'], state: LineState, party: ShownParty): boolean {
    if (this.reconciler.ringing.some((one) => sameParty(one.party, party))) return false;
    if (Object.keys(call.party).length === 0) return true;
    if (!isConfirmed(call)) return state !== 'dialing';
    return status.confirmed === 1 && ORDER[state] === ORDER.connected && (status.seconds ?? 0) >= (call.seconds ?? 0);
  }

  private isAnother(call: WindowCall, look: Look, state: LineState): boolean {
    const { status, tab } = look.signs;
    if (ORDER[state] < ORDER[call.stage]) return true;
    const younger = status.seconds !== undefined && call.seconds !== undefined && status.seconds + 1 < call.seconds;
    if (younger && isConfirmed(call)) return true;
    // Answering a waiting call in single-call mode ends the first one (docs/microsip/interface.md#2.7).
    const taken = this.reconciler.ringing.some(
      (one) => one.missedSince !== undefined && sameParty(one.party, tab.party),
    );
    return taken && sameParty(call.party, tab.party) !== true;
  }
}

function factsOf({ number, name }: ShownParty, look: Look): Pick<CallFacts, 'number' | 'name'> {
  const isName = name !== undefined && !look.wasDialled(name);
  return { ...(number !== undefined && { number }), ...(isName && { name }) };
}

function updateAnswered(call: WindowCall, look: Look, state: LineState): void {
  const isGuess = isGuessed(call, look.signs.tab.party);
  update(call, look, state);
  if (isGuess) call.inferred = true;
}

/** That a call is the one of a window which nobody saw while it rang, is only concluded, unless both name the same party. */
function isGuessed(call: WindowCall, shown: ShownParty): boolean {
  return isGlimpsed(call) && sameParty(call.party, shown) !== true;
}

function update(call: WindowCall, look: Look, state: LineState): void {
  const { tab, status } = look.signs;
  const renamed = call.title !== undefined && call.title !== tab.title;
  const unknown = Object.keys(call.party).length === 0;
  if (renamed || unknown) {
    call.facts = { ...call.facts, ...factsOf(unknown ? look.signs.party : tab.party, look) };
  }
  Object.assign(call, { title: tab.title, party: { ...call.party, ...tab.party }, seenAt: look.time });
  call.missedSince = undefined;
  delete call.inferred;
  if (state === 'connected' || state === 'held') Object.assign(call, { stage: state, seconds: status.seconds });
  else if (call.direction === 'inbound') call.stage = 'answering';
  else if (state !== 'connecting') call.stage = state;
}
