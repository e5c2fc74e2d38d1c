import type { Source } from '../../calls/call';
import type { EventName } from '../../phone-event';

/** Why the tracker concluded something, for who traces it; `{…}` stand for the values of the conclusion. */
export const REASONS = {
  seen: '{source} shows it',
  source_inferred: '{source} concluded it',
  in_midst: '{source} shows it for the first time, in its midst',
  others_silent: '{source} showed it, {others} said nothing for {ms} ms',
  implied: '{source} shows what can only come after it',
  age: '{source} shows since when',
  end_agrees: '{source} showed it, and the end does not speak against it',
  cause_inferred: '{source} shows it, its cause is what others concluded',
  over: '{source} shows it no more',
  own_transfer: 'it ended {ms} ms after we had sent it on',
  not_shown_again: 'nobody shows it any more',
  windows_empty: 'the windows have shown no call for {ms} ms',
  microsip_gone: 'MicroSIP is gone',
  closed: 'nobody looks any more',
  call_waits: '{source} shows a call: told in {ms} ms, unless {others} knows it better',
  answer_waits: '{source} shows an answer: believed in {ms} ms, unless {others} says otherwise',
  end_waits: '{source} shows the end: believed in {ms} ms, unless {others} says more',
  same_id: '{source} shows it, by its Call-ID',
  same_number: '{source} shows it, by its number',
  same_moment: '{source} shows it, by direction and moment',
  left_over: '{source} shows it: no other call of that moment is left',
  over_already: '{source} shows a call that is over',
  nothing_new: '{source} shows only that a call rang, and others know who calls',
  not_in_windows: '{source} shows a call that the windows do not have',
} as const;

export type ReasonCode = keyof typeof REASONS;

/** What a conclusion rests on. Neither numbers nor names: a trace may be given to others. */
export interface Grounds {
  reason: ReasonCode;
  source?: Source;
  /** Who knows more of it, or should have. */
  others?: readonly Source[];
  ms?: number;
}

/** What the tracker concluded from an input: an event that it told, or, without one, what it makes of a call for now. */
export interface Conclusion extends Grounds {
  event?: EventName;
  callId?: string;
}

/** `log showed it, window said nothing for 400 ms` */
export function reasonText({ reason, source, others = [], ms }: Grounds): string {
  const values: Record<string, string | number | undefined> = { source, others: others.join(' and '), ms };
  return REASONS[reason].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? 'nobody'));
}
