import type { CallReconciler } from './call-reconciler';
import { COUNT_SETTLE, SETTLE, type Look } from './look';
import { otherNumber, sameParty, type ShownParty } from './texts/party';
import { ringFacts } from './texts/ring-text';
import { isGlimpsed, type WindowCall } from './window-call';

/** Posted before its window (docs/microsip/interface.md#8), the tab of a ringing call may be there this much (ms) earlier. */
const WINDOW_LATE = 1000;

/** Follows the calls that ring in: one for each ringing window, and those whose window the user has closed. */
export class RingingCalls {
  private tabAloneSince: number | undefined;
  /** What the latest look glimpsed: the same look may be looked at again. */
  private glimpsed: ReadonlySet<string> = new Set();

  constructor(
    private readonly reconciler: CallReconciler,
    private readonly nextLineKey: (pid: number) => string,
  ) {}

  /** Takes in what rings, and marks what is missed. */
  follow(look: Look): void {
    for (const { key, name, details } of look.rings) {
      const facts = ringFacts(name, details);
      const party = partyOf(facts);
      const known = this.reconciler.open.find((call) => call.key === key);
      if (!known)
        this.reconciler.begin({ key, direction: 'inbound', stage: 'ringing', facts, party, seenAt: look.time });
      else if (known.stage === 'ringing') Object.assign(known, { facts, party, missedSince: undefined });
    }
    this.followGlimpsed(look);
    const there = new Set(look.rings.map(({ key }) => key));
    for (const call of this.reconciler.ringing) {
      if (!there.has(call.key)) call.missedSince ??= look.time;
    }
    if (look.signs.tab.state === 'ringing') this.followTab(look, there);
    else this.tabAloneSince = undefined;
  }

  /** They are missed already, so they end unless a call that does not ring turns out to be one of them. */
  private followGlimpsed({ glimpsed, time }: Look): void {
    for (const { key, name, details } of glimpsed) {
      if (this.glimpsed.has(key) || this.reconciler.open.some((call) => call.key === key)) continue;
      const facts = ringFacts(name, details);
      const call = { key, direction: 'inbound', stage: 'ringing', facts, party: partyOf(facts) } as const;
      this.reconciler.begin({ ...call, missedSince: time, seenAt: time, ...(details === '' && { inferred: true }) });
    }
    this.glimpsed = new Set(glimpsed.map(({ key }) => key));
  }

  /** Ends what is still missed after nothing else has claimed it. */
  settle(look: Look): void {
    const { state } = look.signs.tab;
    // With several calls the answered one may be behind another tab; then only the count tells, and it is slow.
    const patience = look.multi && state !== 'none' && state !== 'ringing' ? COUNT_SETTLE : SETTLE;
    for (const call of this.reconciler.ringing) {
      if (call.missedSince === undefined) continue;
      const left = call.missedSince + patience - look.time;
      if (left > 0) look.lookAgainIn(left);
      else this.reconciler.end(call);
    }
  }

  /**
   * The call that was answered, when one has turned into a call that does not ring; its window may be about to go.
   * @param untold others ring that have not told yet who calls: it may be one of them
   */
  answered(party: ShownParty, untold: boolean): WindowCall | undefined {
    const ringing = this.reconciler.ringing.filter((call) => !otherNumber(call.party, party));
    const missed = ringing.filter(({ missedSince }) => missedSince !== undefined);
    const same = (calls: WindowCall[]): WindowCall | undefined => calls.find((call) => sameParty(call.party, party));
    const possible = missed.filter((call) => !isGlimpsed(call) || sameParty(call.party, party) !== false);
    const known = same(missed) ?? (untold ? undefined : onlyOne(possible)) ?? same(ringing);
    if (known || untold) return known;
    // Several may have been gone before they had told who calls: one is as good as another.
    return missed.find((call) => Object.keys(call.party).length === 0);
  }

  /** A closed window ignores a call, which rings on in its tab (docs/microsip/interface.md#7.3). */
  private followTab(look: Look, there: ReadonlySet<string>): void {
    const { party } = look.signs.tab;
    const ringing = this.reconciler.ringing;
    const withWindow = ringing.filter((call) => there.has(call.key));
    const without = ringing.filter((call) => !there.has(call.key));
    const ofTab = (call: WindowCall): boolean => sameParty(call.party, party) === true;
    const ignored = without.find(ofTab) ?? (withWindow.some(ofTab) ? undefined : onlyOne(without));
    if (ignored) Object.assign(ignored, { missedSince: undefined, seenAt: look.time });
    else if (ringing.length === 0) this.followTabAlone(look);
  }

  private followTabAlone(look: Look): void {
    this.tabAloneSince ??= look.time;
    const left = this.tabAloneSince + WINDOW_LATE - look.time;
    if (left > 0) {
      look.lookAgainIn(left);
      return;
    }
    const { party } = look.signs.tab;
    const facts = { ...(party.number && { number: party.number }), ...(party.name && { name: party.name }) };
    const key = this.nextLineKey(look.pid);
    this.reconciler.begin({ key, direction: 'inbound', stage: 'ringing', facts, party, seenAt: look.time });
  }
}

function partyOf({ name, number }: ShownParty): ShownParty {
  return { ...(number !== undefined && { number }), ...(name !== undefined && { name }) };
}

function onlyOne<T>(list: readonly T[]): T | undefined {
  return list.length === 1 ? list[0] : undefined;
}
