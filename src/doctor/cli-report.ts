import { isEmpty, type Change, type Outcome } from './doctor';
import { doctorText } from './doctor-text';
import type { Examination } from './examination';
import type { HookTrial } from './hook-trial';

/** What `microsip-doctor` prints, line by line. With control characters made visible, so that nothing hides. */
export function examinationLines(seen: Examination): string[] {
  const { log, script } = seen;
  return [
    doctorText('show.program', { program: seen.program ?? '?', mode: doctorText(`show.mode.${seen.mode}`) }),
    doctorText(`show.running.${String(seen.running ?? 'unknown')}`),
    doctorText('show.ini', { ini: seen.ini }),
    doctorText(`show.log.${log.enabled ? 'on' : 'off'}`, { path: log.path }),
    doctorText('show.pipe', { pipe: seen.pipe }),
    doctorText(`show.script.${script.state}`, { path: script.path }),
    ...seen.hooks.flatMap(({ key, state, value, chained }) => [
      doctorText(`show.hook.${state}`, { key }),
      ...(value === undefined ? [] : [`    ${visible(value)}`]),
      ...(chained === undefined ? [] : [`    ${doctorText('show.chained', { value: visible(chained) })}`]),
    ]),
    doctorText(seen.healthy ? 'show.healthy' : 'show.unhealthy'),
  ];
}

export function changeLines(change: Change): string[] {
  if (isEmpty(change)) return [doctorText('change.nothing')];
  return [
    ...(change.lines.length > 0 ? [`${change.ini} [Settings]`] : []),
    ...change.lines.flatMap(({ key, before, after }) => [
      ...(before === null ? [] : [`- ${key}=${visible(before)}`]),
      ...(after === null ? [] : [`+ ${key}=${visible(after)}`]),
    ]),
    ...change.written.map((path) => doctorText('change.written', { path })),
    ...change.removed.map((path) => doctorText('change.removed', { path })),
  ];
}

export function outcomeLines({ backup, restarted, change }: Outcome): string[] {
  if (isEmpty(change)) return [];
  return [
    ...(backup === undefined ? [] : [doctorText('change.backup', { path: backup })]),
    doctorText(restarted ? 'change.restarted' : 'change.done'),
  ];
}

export function trialLines({ receiver, received, runs, latency, cost }: HookTrial): string[] {
  return [
    latency === undefined
      ? doctorText('test.lost', { runs, cost })
      : doctorText('test.received', { received, runs, latency, cost }),
    doctorText(`test.by.${receiver}`),
  ];
}

function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
