import type { Source } from '../../calls/call';
import type { CallObservation } from '../../ports/observation';
import type { LiveSources } from '../sources/live-sources';
import { isBetter, knowsBest, knowsNames } from '../sources/source-ranks';
import type { TrackedCall } from '../calls/tracked-call';

/** All in ms. For so long nobody misses what he is not told, and a source that works has spoken. */
const SHORT_WHILE = 250;
/** MicroSIP shows who calls when the program of a hook has ended: the windows come a moment after the hook. */
const NAME_COMES = 400;
/** What two sources show as different numbers may be one call; both have told of all that they see after this time. */
const TELL_APART = 500;
/** A log is read from its beginning when the phone opens. What the windows show meanwhile waits for that. */
export const FIRST_LOOK = 5000;
/** With several calls, the windows show only after a while that one is talked on whose tab is not selected. */
export const WINDOWS_SHOW = 2500;
/** The log tells everything, if anything: what it does not confirm in this time was lost to it. */
const LOG_CONFIRMS = 2000;
/** MicroSIP writes the reason of an end into its history about a second later. */
const HISTORY_WRITTEN = 1500;

/** How long a call that is seen first is not told of, because another source has more of it. */
export function untilBegun(source: Source, live: LiveSources, isAmbiguous: boolean): number {
  if (isAmbiguous || betterThanHistory(source, live).length > 0) return TELL_APART;
  return namesFor(source, live).length > 0 ? NAME_COMES : 0;
}

/** Whom a call that is seen first waits for. */
export function awaitedBy(source: Source, live: LiveSources): Source[] {
  return [...betterThanHistory(source, live), ...namesFor(source, live)];
}

/** How long an answer that the lead does not tell of is doubted. */
export function untilAnswered(tracked: TrackedCall, seen: CallObservation): number {
  if (seen.inferred) return LOG_CONFIRMS;
  return knowsBest(tracked.lead) ? SHORT_WHILE : 0;
}

/** For how long an end that was seen is not told of. */
export interface EndWait {
  /** ms since 1970 by our clock */
  until: number;
  /** Who should tell of it, or knows more of it. */
  others: readonly Source[];
}

/**
 * What the end that was seen of a call waits for; undefined when none was seen.
 * @param others there are other calls
 * @param joins until when another source may yet turn out to show this call
 */
export function endWait(
  tracked: TrackedCall,
  others: boolean,
  live: LiveSources,
  joins: number,
  now: number,
): EndWait | undefined {
  const { ends, lead, call } = tracked;
  const { since, best } = ends;
  if (since === undefined || !best) return undefined;
  const confirmed = knowsBest(lead) || others ? LOG_CONFIRMS : SHORT_WHILE;
  if (isBetter(lead, best.source)) return { until: since + confirmed, others: [lead] };
  const waits: EndWait[] = [{ until: since, others: [] }];
  if (!knowsBest(best.source)) {
    const fuller = live.all.filter((one) => knowsBest(one) && !tracked.seenBy.has(one));
    if (fuller.length > 0) waits.push({ until: tracked.since + SHORT_WHILE, others: fuller });
    const unexplained = call.answerTime === undefined && !ends.cause && !tracked.wasHungUp(now);
    if (unexplained && historyExplains(tracked, since, live))
      waits.push({ until: since + HISTORY_WRITTEN, others: ['history'] });
    waits.push({ until: joins, others: [] });
  }
  return waits.reduce((longest, wait) => (wait.until > longest.until ? wait : longest));
}

/** It has the call, or has not had the time to tell so. */
function historyExplains({ keys, seenBy, since: begun }: TrackedCall, ended: number, live: LiveSources): boolean {
  if (keys.has('history')) return true;
  return live.has('history') && !seenBy.has('history') && ended - begun < HISTORY_WRITTEN;
}

/** The history begins no call that others see: it is told in seconds. */
function betterThanHistory(source: Source, live: LiveSources): Source[] {
  return source === 'history' ? live.all.filter((one) => isBetter(one, source)) : [];
}

/** The windows show the name of a caller right after a hook told the number. */
function namesFor(source: Source, live: LiveSources): Source[] {
  return knowsNames(source) ? [] : live.all.filter((one) => knowsNames(one) && one !== 'history');
}
