import type { OpenCall, PastCall, PhoneView } from '../../src/protocol';
import { hasText, type Translate } from './language';

/** The name of the other side, or else the number. */
export function whoIs({ name, number }: Pick<OpenCall, 'name' | 'number'>, t: Translate): string {
  return name ?? number ?? t('label.unknown');
}

export function callState({ callState, heldBy }: OpenCall, t: Translate): string {
  return t(callState === 'held' && heldBy === 'remote' ? 'state.held_remote' : `state.${callState}`);
}

export type Tone = 'good' | 'busy' | 'bad' | 'quiet';

/** How the phone stands, in a word or two. */
export function phoneState(view: PhoneView, t: Translate): { words: string; tone: Tone } {
  const { presence, calls, registration, dnd } = view;
  if (presence === 'opening' || presence === 'starting') return { words: t(`state.${presence}`), tone: 'quiet' };
  if (presence === 'hung') return { words: t('state.hung'), tone: 'bad' };
  if (presence !== 'ready') return { words: t('state.offline'), tone: 'bad' };
  const urgent = calls.at(0);
  if (urgent) return { words: callState(urgent, t), tone: 'busy' };
  if (registration && ['unregistered', 'failed'].includes(registration.state))
    return { words: t('state.unregistered'), tone: 'bad' };
  if (dnd) return { words: t('label.dnd'), tone: 'quiet' };
  return { words: t('state.idle'), tone: 'good' };
}

/** What is wrong with the phone, and what to do about it; undefined when nothing is. */
export function problemWords(view: PhoneView, t: Translate): string | undefined {
  const { presence, problem, problemText, registration } = view;
  if (presence === 'missing' || presence === 'outdated') return t(`problem.${presence}`);
  if (problem === 'blocked' && problemText) return t('problem.blocked_title', { title: problemText });
  if (problem) return codeWords(problem, t);
  if (presence === 'hung') return t('problem.timeout');
  if (presence === 'closed') return t('problem.closed');
  if (presence === 'absent') return t('problem.not_running');
  return registration && ['unregistered', 'failed'].includes(registration.state)
    ? t('problem.not_registered')
    : undefined;
}

export function codeWords(code: string, t: Translate): string {
  return hasText(`problem.${code}`) ? t(`problem.${code}`) : t('problem.other', { code });
}

/** ITU-T G.107, table B.1: users are satisfied from 4.03, many are dissatisfied below 3.60. */
export function qualityGrade({ quality }: PastCall): 'good' | 'fair' | 'poor' | undefined {
  const mos = quality?.mos;
  if (mos === undefined) return undefined;
  return mos >= 4.03 ? 'good' : mos >= 3.6 ? 'fair' : 'poor';
}

/** The figures behind the grade. */
export function qualityFigures({ quality }: PastCall, format: string, t: Translate): string {
  if (!quality) return '';
  const { mos, codec, lossPercent, jitterMs, rttMs } = quality;
  const number = (value: number, options?: Intl.NumberFormatOptions): string =>
    new Intl.NumberFormat(format, { maximumFractionDigits: 1, ...options }).format(value);
  return [
    mos !== undefined && t('quality.mos', { value: number(mos) }),
    codec,
    lossPercent !== undefined && t('quality.loss', { value: number(lossPercent / 100, { style: 'percent' }) }),
    jitterMs !== undefined && t('quality.jitter', { value: number(jitterMs) }),
    rttMs !== undefined && t('quality.rtt', { value: number(rttMs) }),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Numbers that were called or called us last, each once. */
export function lastNumbers({ today }: PhoneView): { name: string; number: string }[] {
  const last = new Map<string, { name: string; number: string }>();
  for (const { number, name = '' } of today) if (number && !last.has(number)) last.set(number, { name, number });
  return [...last.values()];
}
