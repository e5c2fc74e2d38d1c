import { gigabytes } from '../microsip/large-log';
import { visibleText } from '../phone/texts/visible-text';
import { isEmpty, type Change, type Examination, type HookTrial, type AppliedChange } from './findings';

// What the doctor found and did, in words and line by line: for a terminal and for the dialog. With control characters
// made visible, so that nothing hides.

/** The sentence for a key of the doctor's catalog. */
type Text = (key: string, params?: Record<string, string | number>) => string;

export function examinationLines(seen: Examination, text: Text): string[] {
  const { log, script } = seen;
  return [
    text('show.program', { program: seen.program ?? '?', mode: text(`show.mode.${seen.mode}`) }),
    text(`show.running.${String(seen.running ?? 'unknown')}`),
    text('show.ini', { ini: seen.ini }),
    ...(seen.troubles ?? []).map(({ code, title = '' }) => text(`show.trouble.${code}`, { title: visibleText(title) })),
    text(`show.log.${log.enabled ? 'on' : 'off'}`, { path: log.path }),
    ...(log.size === undefined ? [] : [text('show.logLarge', { size: gigabytes(log.size) })]),
    text('show.pipe', { pipe: seen.pipe }),
    text(`show.script.${script.state}`, { path: script.path }),
    ...seen.hooks.flatMap(({ key, state, value, chained }) => [
      text(`show.hook.${state}`, { key }),
      ...(value === undefined ? [] : [`    ${visibleText(value)}`]),
      ...(chained === undefined ? [] : [`    ${text('show.chained', { value: visibleText(chained) })}`]),
    ]),
    ...directoryLines(seen, text),
    ...seen.dialPlans.map((account) => text('show.dialPlan', { account })),
    ...(seen.prefixes ?? []).map((account) => text('show.prefix', { account })),
    ...(seen.singleMode ? [text('show.singleMode')] : []),
    ...(seen.healthy && seen.troubles ? [] : [text(seen.healthy ? 'show.healthy' : 'show.unhealthy')]),
  ];
}

export function changeLines(change: Change, text: Text): string[] {
  if (isEmpty(change)) return [text('change.nothing')];
  return [
    ...(change.lines.length > 0 ? [`${change.ini} [Settings]`] : []),
    ...change.lines.flatMap(({ key, before, after }) => [
      ...(before === null ? [] : [`- ${key}=${visibleText(before)}`]),
      ...(after === null ? [] : [`+ ${key}=${visibleText(after)}`]),
    ]),
    ...(change.warnings ?? []).map((warning) => text(`directory.warning.${warning}`)),
    ...change.written.map((path) => text('change.written', { path })),
    ...change.removed.map((path) => text('change.removed', { path })),
  ];
}

export function appliedLines({ backup, restarted, change }: AppliedChange, text: Text): string[] {
  if (isEmpty(change)) return [];
  return [
    ...(backup === undefined ? [] : [text('change.backup', { path: backup })]),
    text(restarted ? 'change.restarted' : 'change.done'),
  ];
}

export function trialLines({ receiver, received, runs, latency, cost }: HookTrial, text: Text): string[] {
  return [
    latency === undefined
      ? text('test.lost', { runs, cost })
      : text('test.received', { received, runs, latency, cost }),
    text(`test.by.${receiver}`),
  ];
}

function directoryLines({ directory }: Examination, text: Text): string[] {
  if (!directory) return [text('show.directory.off')];
  return [
    text('show.directory.on', { address: visibleText(directory.address) }),
    ...directory.warnings.map((warning) => `    ${text(`directory.warning.${warning}`)}`),
  ];
}
