import type { LivePhone, ShownPhone } from '../../node-red/sidebar/sidebar-json';
import { word } from './words';

/** How a phone stands: what everybody hears of it, and the rest as soon as it was asked for. */
export type KnownPhone = Omit<LivePhone, 'calls' | 'registration'> & {
  registrationState?: LivePhone['registration'];
  callCount: number;
  /** Absent for who may not know names and numbers. */
  shown?: ShownPhone;
};

/** The state in a word, and how it is coloured. */
export function stateOf({ presence, state, problem, shown }: KnownPhone): { text: string; kind: string } {
  if (shown?.isUnused) return { text: word('unused'), kind: 'off' };
  if (presence === 'opening' || presence === 'starting') return { text: word('status.connecting'), kind: 'wait' };
  if (presence === 'hung') return { text: word('status.not_responding'), kind: 'bad' };
  if (presence === 'closed' && !problem) return { text: word('status.closed'), kind: 'off' };
  if (state === 'offline') return { text: word(problem ? `status.error.${problem}` : 'status.offline'), kind: 'bad' };
  return { text: word(`status.${state}`), kind: state };
}

/** What there is to know in a line below the name. */
export function factsOf({ connection, registrationState, presence, shown }: KnownPhone): string {
  const isThere = presence === 'ready' || presence === 'hung';
  const { voicemail, features, audio, host } = shown ?? {};
  const facts = [
    word(`connection.${connection}`),
    host,
    isThere && registrationState && registrationState !== 'none'
      ? word(`registration.${registrationState}`)
      : undefined,
    voicemail?.waiting ? word('fact.voicemail', { count: voicemail.new ?? '' }).trim() : undefined,
    features?.dnd ? word('fact.dnd') : undefined,
    features?.forwarding ? word('fact.forwarding') : undefined,
    features?.autoAnswer ? word('fact.auto_answer') : undefined,
    audio?.microphone.muted ? word('fact.muted') : undefined,
  ];
  return facts.filter(Boolean).join(' · ');
}

/** What is the matter with the phone now, and what to do; undefined when nothing is. */
export function troubleOf({ presence, problem, shown }: KnownPhone): string | undefined {
  if (shown?.isUnused) return word('unused_hint');
  if (presence === 'hung') return word('error.timeout.hung');
  if (!problem || presence === 'opening' || presence === 'starting') return undefined;
  const { problemText } = shown ?? {};
  if (problem === 'blocked' && problemText) return word('error.blocked.box', { title: problemText });
  const said = word(`error.${problem}.default`);
  return problemText ? `${said} (${problemText})` : said;
}

/** The latest that failed; nothing that is told as the present trouble already. */
export function lastErrorOf({ shown, problem }: KnownPhone): string | undefined {
  const error = shown?.lastError;
  if (!error || (error.code === problem && Object.keys(error.params).length === 0)) return undefined;
  return word('last_error', {
    time: new Date(error.time).toLocaleTimeString(RED.i18n.lang()),
    sentence: word(error.key, error.params),
  });
}
